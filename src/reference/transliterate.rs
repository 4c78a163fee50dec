//! The usual Latin spelling of letters of other scripts that have one for each sound, and what else is one letter or figure written
//! otherwise. Scripts without most vowels are left as they are: [`super::search`] hears them. Called where texts are cut into atoms.

/// The Latin spelling of a lower-case letter, or a decimal digit of another script; `None` where it is left as it is.
pub(super) fn latin(c: char) -> Option<&'static str> {
    european(c).or_else(|| caucasian(c)).or_else(|| arabic(c)).or_else(|| digit(c))
}

/// As [`latin`], of the many letters that are not made of others and are cut most often: Cyrillic ones without a sign above.
pub(super) fn plain(c: char) -> Option<&'static str> {
    let lower = match c {
        'А'..='И' | 'К'..='Я' => char::from_u32(u32::from(c) + 0x20)?,
        'а'..='и' | 'к'..='я' => c,
        _ => return None,
    };
    european(lower)
}

/// Latin letters beyond the accents, Greek, and Cyrillic of any language.
fn european(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'а' | 'α' => "a",
        'б' | 'β' => "b",
        'в' => "v",
        'г' | 'ґ' | 'γ' | 'ѓ' => "g",
        'đ' | 'ð' | 'д' | 'δ' => "d",
        'е' | 'э' | 'ε' | 'є' => "e",
        'ж' => "zh",
        'з' | 'ζ' => "z",
        'ı' | 'и' | 'і' | 'ι' | 'η' => "i",
        'к' | 'κ' | 'ќ' => "k",
        'ł' | 'л' | 'λ' => "l",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'ø' | 'о' | 'ο' | 'ω' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' => "t",
        'у' | 'ў' => "u",
        'ф' | 'φ' => "f",
        'х' => "h",
        'ц' => "ts",
        'ч' | 'χ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' | 'υ' => "y",
        'ю' => "yu",
        'я' => "ya",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'ђ' => "dj",
        'џ' | 'ѕ' => "dz",
        'þ' | 'θ' => "th",
        'ξ' => "x",
        'ψ' => "ps",
        _ => return None,
    })
}

/// Georgian and Armenian.
fn caucasian(c: char) -> Option<&'static str> {
    Some(match c {
        'ა' | 'ա' => "a",
        'ბ' | 'բ' => "b",
        'გ' | 'գ' => "g",
        'დ' | 'դ' => "d",
        'ე' | 'ե' | 'է' => "e",
        'ვ' | 'վ' | 'ւ' => "v",
        'ზ' | 'զ' => "z",
        'თ' | 'ტ' | 'թ' | 'տ' => "t",
        'ი' | 'ի' => "i",
        'კ' | 'ქ' | 'կ' | 'ք' => "k",
        'ლ' | 'լ' => "l",
        'მ' | 'մ' => "m",
        'ნ' | 'ն' => "n",
        'ო' | 'ո' | 'օ' => "o",
        'პ' | 'ფ' | 'պ' | 'փ' => "p",
        'ჟ' | 'ժ' => "zh",
        'რ' | 'ռ' | 'ր' => "r",
        'ს' | 'ս' => "s",
        'უ' => "u",
        'ღ' | 'ղ' => "gh",
        'ყ' => "q",
        'შ' | 'շ' => "sh",
        'ჩ' | 'ჭ' | 'ճ' | 'չ' => "ch",
        'ც' | 'წ' | 'ծ' | 'ց' => "ts",
        'ძ' | 'ձ' => "dz",
        'ხ' | 'խ' => "kh",
        'ჯ' | 'ջ' => "j",
        'ჰ' | 'հ' => "h",
        'ը' | 'յ' => "y",
        'ֆ' => "f",
        'և' => "ev",
        _ => return None,
    })
}

/// Forms of one Arabic or Persian letter.
fn arabic(c: char) -> Option<&'static str> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' | 'ی' => "ي",
        'ة' => "ه",
        'ک' => "ك",
        _ => return None,
    })
}

/// A decimal digit of Arabic, Persian, the scripts of India, Thai, Lao, Tibetan, Burmese, Khmer or Mongolian.
fn digit(c: char) -> Option<&'static str> {
    const ZEROS: [u32; 17] = [
        0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
        0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
    ];
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let values = ZEROS.iter().filter_map(|zero| u32::from(c).checked_sub(*zero));
    values.filter(|value| *value < 10).map(|value| DIGITS[value as usize]).next()
}
