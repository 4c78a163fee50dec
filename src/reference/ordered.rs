//! Maps written in the order of their keys, so that the same table is the same bytes whenever the program is built for one
//! platform (the weights of names are floating-point numbers).

use std::collections::{BTreeMap, HashMap};

use serde::{Serialize, Serializer};

/// Writes a map in the order of its keys.
pub(super) fn ordered<K: Ord + Serialize, V: Serialize, H, S: Serializer>(
    map: &HashMap<K, V, H>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map.iter().collect::<BTreeMap<_, _>>())
}
