# The reference table: cards, identifying, comparing, importing.

screen-card = Card
    .about = Everything the reference table says of one firearm, in the standard words, with its sources. What is not known is said to be unknown. A serial number typed here is tried: has it the shape of this model's numbers, and of which year does it speak? The answer is a hint to be checked, never a proof.

card-reading = Reading the card …
card-group-what = What it is
card-group-serial = Serial number
card-group-range = What dates this number
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
card-ranges = Dated by
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
card-ranged = { $kind } by its range ({ $table }): a hint, to be confirmed by the maker's records.
card-ranged-maker = { $kind }, maker { $maker }, by its range ({ $table }): a hint, to be confirmed by the maker's records.
card-range-folded = Read as { $number }.
card-range-misread = But only if it is read as { $number }: look at the stamp again.
card-range-outside = It lies in no range of { $tables }: the number is not wrong for that, only unknown here.
range-kind-made = Made { $years }
range-kind-shipped = Left the works { $years }
range-kind-first-of-year = Made or shipped from { $years } on
range-kind-assigned = Number given out { $years }
range-kind-approximate = Made about { $years }
card-dated-several = The mark comes again, so the year is not sure.
card-dated-outside = But the card says made { $years }: one of the two is wrong, or it is another model.
card-dated-made = No system of dating reads this number. The model was made { $years }.
card-dated-none = No system of dating reads this number, and the years of manufacture are not known.

source-card = card
reference-why = Why it answers
reference-reason = “{ $words }” is { $kind } { $matched }
reference-no-reason = Nothing is typed: every entry answers.
reference-ignored = Say nothing about the model: { $words }
match-make = the make
match-make-alias = another name of the make
match-make-nearly = nearly the make
match-model = the model
match-model-alias = another name of the model
match-model-nearly = nearly the model
match-calibre = the calibre
match-type = the type
match-action = the action
match-country = the country

screen-identify = Identify
    .about = For when you do not know what you hold. Answer what you can see, in any order; “cannot tell” is an answer too. Each answer says how many cards it would leave, and the question that narrows most is asked first. A card that does not say something is never excluded by it.

identify-reading = Reading the table …
identify-begin = Answer what you can see, in any order.
identify-left =
    { $count ->
        [one] 1 card left
       *[other] { $count } cards left
    }
identify-remaining = What remains
identify-beside = { $count } imported beside
identify-none = No card agrees with all answers. { $key } takes the last one back; or it is a model that the table has not.
identify-all-answered = Every question is answered. What remains is at the right; Enter opens a card, and look-alikes are named there.
identify-narrows-most = narrows most: about { $count } left
identify-narrows = about { $count } left
identify-others = { $key } asks another: { $others }
identify-other = { $question } ~{ $count }
identify-cannot-tell = cannot tell
identify-not-told = not told
identify-as-typed = “{ $typed }” as typed
identify-nothing-to-undo = There is no answer to take back.
identify-ask-type = What kind of firearm is it?
identify-ask-action = How is it loaded and fired?
identify-ask-calibre = In which calibre is it?
identify-ask-feed = How is it fed?
identify-ask-country = Where was it made?
identify-ask-stamp = What text or symbol is stamped on it?

screen-compare-entries = Compare entries
    .about = Entries of the reference table side by side. ≠ marks facts that differ, ~ those that have something in common, ? those that not all say; what is not said is no difference. Below stands how the cards themselves tell them apart.

compare-begin = Reading the cards … Mark two to four entries in the reference list to compare them.
compare-legend =
    ≠ differs
    ~ partly
    ? not said
compare-tells = How to tell them apart
compare-tell = { $of } from { $from }: { $tell }
compare-no-tells = No card says how to tell these apart: go by the facts that differ.
compare-marked =
    { $count ->
        [0] Nothing is marked.
        [one] 1 entry is marked: mark another to compare.
       *[other] { $count } entries are marked to compare.
    }
compare-full = { $most } entries are the most that stand side by side.
compare-mark-first = Mark the entries to compare first, two to four of them.
compare-two-are-least = Two entries are the least to compare.

screen-import = Import
    .about = Lists of other offices beside the reference table. Choose a file, see what an import would do before anything is written, and take an edition away again whole. Imported entries keep their own ids and their source; a duplicate is linked to the entry there is, never written over it.

import-empty =
    No list is imported yet: the reference table is the one that came with the program.
    { $key } chooses a file: NCIC tables, FRT, ATF curios, SOR/98-462, the French RGA, or any CSV of makes and models. Of one whose headings are not known you are asked what its columns say.
import-file = File
import-no-such = Nothing here begins so.
import-no-file = { $path } is no file: type on, or choose one of the list.
import-reading = Reading { $file } …
import-running = Importing { $file } …
import-progress = { $percent } % after { $took }
import-stop = { $key } stops it: nothing of the list is kept then.
import-would = Nothing is imported yet. It would become the edition { $name }.
import-did = The edition { $name } is beside the table.
import-list-is = { $file }: { $kind }, { $encoding }, fields separated by { $delimiter }, { $rows } rows
import-mapping = Its headings are those of the mapping { $name }, which was kept.
import-models = { $models ->
        [one] 1 entry
       *[other] { $models } entries
    }: { $new } new, { $linked } linked to entries there are; make known for { $makes }
import-codes = { $codes } codes: { $known } mean something that the table has
import-refused =
    { $refused ->
        [0] No row is refused.
        [one] 1 row is refused:
       *[other] { $refused } rows are refused:
    }
import-refused-row = line { $line }: { $reason }
import-more-refused =
    { $count ->
        [one] and 1 more row. When it is imported all are written to a file beside the list, each with its reason.
       *[other] and { $count } more rows. When it is imported all are written to a file beside the list, each with its reason.
    }
import-refused-file = The refused rows are in { $file }, each with its line and reason: put them right and import that file.
import-none-refused = Every row was used.
import-next = { $import } imports it, { $columns } changes its columns.
import-more-below =
    { $count ->
        [one] 1 more line below: { $key }
       *[other] { $count } more lines below: { $key }
    }
import-end = The end; { $key } goes back up.
import-columns = Columns
import-not-read = not read
import-title = Import the list
import-about = The edition { $name }, { $entries } entries or codes. It can be taken away again.
import-dated = Of when is the list? 2024, 2024-05 or 2024-05-31; ? where not known
import-purpose = Why is it imported? Kept in the journal
import-date-bad = “{ $date }” is not a date: 2024, 2024-05, 2024-05-31, or ? where not known.
import-nothing-to-import = Choose a list first.
import-no-row = No row of this list can be used: nothing would be imported.
import-no-edition = There is no edition to take away.
import-done = The edition { $name } is imported and saved.
import-removed = The edition { $name } is taken away; the journal keeps that it was there.
import-remove-title = Take the edition away
import-remove-about = The edition { $name } with { $entries } entries. Records that name its entries keep what they say.
import-remove-again = Type the edition's name once more
import-remove-differs = That is not { $name }: nothing is taken away.
edition-name = name
edition-title = list
edition-dated = of
edition-entries = entries
edition-refused = refused
edition-imported = imported

screen-mapping = Columns of a list
    .about = What each column of the list says, told by its heading and its first values. A meaning with a question mark is a guess from the words of the heading: look at the values and choose. A make (or the maker) and a model are needed; what is passed over is not read. Nothing is written before you have seen the preview and imported the list. A mapping that is saved is found by its headings the next time.

mapping-none = No list is chosen.
mapping-list = { $file }: { $encoding }, fields separated by { $delimiter }
mapping-position = column { $at } of { $total }
mapping-heading = heading
mapping-meaning = says
mapping-values = first values
mapping-no-heading = (no heading)
mapping-column-alone = { $name } (no heading)
mapping-no-value = (no value in the first rows)
mapping-passed-over = — passed over
mapping-guessed = A guess from the heading:
mapping-ready =
    { $guesses ->
        [0] Make and model are there. { $preview } shows what an import would do.
        [one] Make and model are there; 1 is a guess (?). { $preview } previews the import.
       *[other] Make and model are there; { $guesses } are guesses (?). { $preview } previews the import.
    }
mapping-needs = Still needed: { $needs }.
mapping-need-make = a column for the make or the maker
mapping-need-model = a column for the model
mapping-pick = What does this column say?
mapping-choice = { $word }: { $about }
mapping-about-id = the list's own number; none may come twice
mapping-about-make = the make or brand, as it is stamped
mapping-about-maker = the maker behind the brand, or instead of a make
mapping-about-model = the model
mapping-about-aliases = other names of it, several separated by a bar
mapping-about-type = what kind of firearm
mapping-about-action = how it is loaded and fired
mapping-about-calibre = the calibre, several separated by a bar
mapping-about-country = where it was made
mapping-about-feed = how it is fed
mapping-about-serial_place = where its serial number stands
mapping-about-years = from when to when it was made: 1961-1979
mapping-about-keep = kept with the entry in the list's own words, and shown on it
mapping-about-none = nothing of this column is read
mapping-moved = { $column } is this column now; { $other } is passed over.
mapping-nothing-to-undo = There is no change to take back.
mapping-save-title = Keep the mapping
mapping-save-about = A list that has all of these headings is then read by it without being asked. One of the same name is replaced.
mapping-save-name = Under which name?
mapping-saved = The mapping is kept as { $name }.
