//! Making X3P files, right and wrong, for the tests.

use std::io::{Cursor, Write};

use md5::{Digest, Md5};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A `main.xml` that a test bends.
pub struct Xml {
    pub head: &'static str,
    pub root: (&'static str, &'static str),
    pub feature: &'static str,
    pub cx: String,
    pub cy: String,
    pub cz: String,
    pub size: (String, String, String),
    pub record3: String,
}

impl Default for Xml {
    /// Three by two floats, five micrometres apart.
    fn default() -> Self {
        let axis =
            "<AxisType>I</AxisType><DataType>D</DataType><Increment>5e-6</Increment><Offset>0</Offset>";
        Self {
            head: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
            root: ("p:ISO5436_2 xmlns:p=\"http://www.opengps.eu/2008/ISO5436_2\"", "p:ISO5436_2"),
            feature: "SUR",
            cx: axis.into(),
            cy: axis.into(),
            cz: "<AxisType>A</AxisType><DataType>F</DataType>".into(),
            size: ("3".into(), "2".into(), "1".into()),
            record3: "<DataLink><PointDataLink>bindata/data.bin</PointDataLink></DataLink>".into(),
        }
    }
}

impl Xml {
    pub fn text(&self) -> String {
        let (x, y, z) = &self.size;
        format!(
            "{}<{}><Record1><Revision>ISO5436 - 2000</Revision><FeatureType>{}</FeatureType><Axes>\
             <CX>{}</CX><CY>{}</CY><CZ>{}</CZ></Axes></Record1>\
             <Record3><MatrixDimension><SizeX>{x}</SizeX><SizeY>{y}</SizeY><SizeZ>{z}</SizeZ></MatrixDimension>{}\
             </Record3></{}>",
            self.head, self.root.0, self.feature, self.cx, self.cy, self.cz, self.record3, self.root.1
        )
    }
}

/// Six heights of a few micrometres, in metres, as 32-bit floats.
pub fn six_floats() -> Vec<u8> {
    [1e-6f32, 2e-6, 3e-6, 4e-6, 5e-6, 6e-6].iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A zip of these members.
pub fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in members {
        zip.start_file(*name, options).expect("a member can be begun");
        zip.write_all(bytes).expect("a member can be written");
    }
    zip.finish().expect("the archive can be finished").into_inner()
}

/// An X3P of this document and data, its checksum right.
pub fn x3p(xml: &Xml, data: &[u8]) -> Vec<u8> {
    let text = xml.text();
    let sum = format!("{} *main.xml\n", md5_hex(text.as_bytes()));
    archive(&[("main.xml", text.as_bytes()), ("md5checksum.hex", sum.as_bytes()), ("bindata/data.bin", data)])
}

pub fn md5_hex(bytes: &[u8]) -> String {
    hex::encode(Md5::digest(bytes))
}
