# The reference table: cards, identifying, comparing, importing.

screen-card = Card
    .about = Everything the reference table says of one firearm, in the standard words, with its sources. What is not known is said to be unknown. A serial number typed here is tried: has it the shape of this model's numbers, and of which year does it speak? The answer is a hint to be checked, never a proof.

card-reading = Reading the card …
card-group-what = What it is
card-group-serial = Serial number
card-group-marks = Marks and variants
card-group-lookalikes = Mistaken for
card-group-names = Also known as
card-group-note = To know
card-group-source = Where this comes from
card-make = Make
card-type = Type
card-action = Action
card-operation = Works by
card-feed = Feed
card-calibres = Calibres
card-countries = Made in
card-years = Years
card-barrel = Barrel
card-overall = Length
card-capacity = Capacity
card-place = Place
card-shape = Shape
card-serial-place = Serial
card-serial-shape = Looks like
card-serial-examples = Examples
card-markings = Stamped
card-aliases = Also
card-variants = Variants
card-lookalike = Look-alike
card-note = Note
card-source = Source
card-sources = Sources
card-checked = Checked
card-same-as = Same as
card-linked = Also as
card-unknown = Unknown
card-mm = { $lengths } mm
card-barrel-of = barrel { $mm }
card-rounds = { $counts } rounds
card-years-from = from { $from }, still made or end not known
card-years-to = until { $to }, begin not known
card-no-lookalikes = No look-alike is noted: that does not mean that there is none.
card-no-tell = How to tell them apart is not noted: compare the two.
card-lookalikes-count = { $count }:
card-origin-card = card of this table
card-origin-package = package { $name }: make, model and calibre only
card-origin-edition = imported edition { $name }
card-position = { $at } of { $total }
card-serial-begin = { $key } types a number to try it on this card
card-none-before = This is the first of the list.
card-none-after = This is the last of the list.
card-no-lookalike = The card names no look-alike. Mark entries in the reference list to compare them.

shape-or = { $one }, or { $other }
shape-perhaps = perhaps { $what }
shape-text = { $text }
shape-text-range = { $text } { $least } to { $most } times
shape-letters =
    { $count ->
        [one] 1 letter
       *[other] { $count } letters
    }
shape-letters-range = { $least }–{ $most } letters
shape-digits =
    { $count ->
        [one] 1 digit
       *[other] { $count } digits
    }
shape-digits-range = { $least }–{ $most } digits
shape-either =
    { $count ->
        [one] 1 letter or digit
       *[other] { $count } letters or digits
    }
shape-either-range = { $least }–{ $most } letters or digits
shape-one-of =
    { $count ->
        [one] one of { $text }
       *[other] { $count } of { $text }
    }
shape-one-of-range = { $least }–{ $most } of { $text }

card-serial-is-model = A model is called so ({ $model }): it is probably no serial number.
certainty-likely = Likely:
certainty-unsure = Not sure:
certainty-against = Speaks against it:
certainty-unknown = Cannot be told:
card-shape-fits = { $serial } has the shape of this model's numbers.
card-shape-differs = { $serial } has not the shape of this model's numbers. It may be the number of a part or importer, a rebuilt firearm, or another model: compare the examples and the marks.
card-shape-unknown = the table does not know the shape of this model's numbers, so { $serial } speaks neither for nor against it.
card-dated = It speaks of { $years } ({ $system }): check it with the maker.
card-dated-mark = Stamped alone as a mark of date or proof it means { $years } ({ $system }).
card-dated-several = The mark comes again, so the year is not sure.
card-dated-outside = But the card says made { $years }: one of the two is wrong, or it is another model.
card-dated-made = No system of dating reads this number. The model was made { $years }.
card-dated-none = No system of dating reads this number, and the years of manufacture are not known.
