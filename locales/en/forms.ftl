# The forms of reference/forms: titles, sections, the label of each field and what helps to fill it.
# A label stays under 14 letters, so that 80 columns hold label, value and problem. A help is one or two sentences.

form-record = New record
form-record-section-firearm = Firearm
form-record-section-event = Event
form-record-section-grading = Grading and access
form-record-section-marks = Marks and parts
form-record-section-description = Description
form-record-section-persons = Persons and offences
form-record-section-other = Other

form-record-firearm-make = Make
form-record-firearm-make-help = The maker as stamped or known. Type a few letters and pick one from the reference, or write unknown and say more in the remark.
form-record-firearm-model = Model
form-record-firearm-model-help = Picking one from the reference fills make, type, calibre and country from its card. Write unknown where it is not known.
form-record-firearm-type = Type
form-record-firearm-type-help = What kind of firearm it is, as it was made to work.
form-record-firearm-calibre = Calibre
form-record-firearm-calibre-help = The calibre that it fires now. Where another one is marked on it, give that under marks and parts.
form-record-firearm-conversion = Conversion
form-record-firearm-conversion-help = Whether it is still what its maker made.
form-record-firearm-serial = Serial
form-record-firearm-serial-help = Exactly as it is stamped. Write ? for one character that cannot be read and [8B] for one of two, and choose partial as its state.
form-record-firearm-serial-state = State
form-record-firearm-serial-state-help = What can be read of the number.
form-record-firearm-obliteration-area = Area
form-record-firearm-obliteration-area-help = Where on the firearm the number was.
form-record-firearm-obliteration-method = Damage
form-record-firearm-obliteration-method-help = What the examiner sees at that place.
form-record-firearm-obliteration-restoration = Restoration
form-record-firearm-obliteration-restoration-help = Whether the laboratory tried to restore it, and with what result.
form-record-firearm-made-in = Country
form-record-firearm-made-in-help = Where it was made. Type the name or the two letters; former states such as SU and YU are countries here.
form-record-firearm-year-of-manufacture = Year
form-record-firearm-year-of-manufacture-help = When it was made, in four digits. Leave it empty where it is not known.

form-record-reason = Reason
form-record-reason-help = Why it is recorded.
form-record-event-date = Date
form-record-event-date-help = The day of the theft, loss or seizure: 2026-11-21, 2026-11, 2026, or 2026-11-01/2026-11-05 for a span.
form-record-event-country = Country
form-record-event-country-help = Where it happened. Type the name or the two letters.
form-record-event-place = Place
form-record-event-place-help = Town, street or place.
form-record-event-region = Region
form-record-event-region-help = Region or province.
form-record-case-ref = Case
form-record-case-ref-help = The national case reference (OCA).
form-record-agency = Agency
form-record-agency-help = The agency that holds the case (ORI).
form-record-contact-unit = Contact
form-record-contact-unit-help = The unit to call when the record is hit. A unit or a telephone is required.
form-record-contact-phone = Phone
form-record-contact-phone-help = The telephone of the unit, with the country's prefix.
form-record-contact-hours = Hours
form-record-contact-hours-help = When the telephone is answered.
form-record-circumstances = What happened
form-record-circumstances-help = What is known of how it happened. Required for trafficked and smuggled firearms.

form-record-source-grade = Source
form-record-source-grade-help = How far the source is trusted, by the 4x4 system.
form-record-information-grade = Information
form-record-information-grade-help = How far the information is, by the 4x4 system.
form-record-handling = Handling
form-record-handling-help = How others may use it. H3 needs its restrictions in the remark.
form-record-classification = Class
form-record-classification-help = Who may see the content.
form-record-access-mode = Access
form-record-access-mode-help = Which countries may see the record.
form-record-access-countries = Countries
form-record-access-countries-help = The countries that this allows or excludes. Picking one again takes it out.
form-record-retain-until = Keep until
form-record-retain-until-help = The last day it is kept, five years from its making at most: 2031-11-21.
form-record-review-on = Review on
form-record-review-on-help = The day its owner looks at it again. Left empty, it is set from the last day it is kept.

form-record-firearm-calibre-as-marked = Marked as
form-record-firearm-calibre-as-marked-help = The calibre marked on the firearm, where it is not the one it fires.
form-record-firearm-importer = Importer
form-record-firearm-importer-help = Who imported it, from the import mark.
form-record-firearm-import-country = Imported to
form-record-firearm-import-country-help = The country of the import mark.
form-record-firearm-import-year = Imported in
form-record-firearm-import-year-help = The year of the import mark, in four digits.
form-record-firearm-markings = Markings
form-record-firearm-markings-help = Proof marks, logos, inscriptions: everything stamped on it but its numbers.
form-record-firearm-markings-text = Mark
form-record-firearm-markings-text-help = The text, or what the symbol shows.
form-record-firearm-markings-location = Where
form-record-firearm-markings-location-help = Where on the firearm it stands.
form-record-firearm-serial-alternatives = Numbers
form-record-firearm-serial-alternatives-help = Other numbers of the same firearm: hidden ones, an army's number, a number stamped again.
form-record-firearm-serial-alternatives-serial = Number
form-record-firearm-serial-alternatives-serial-help = Exactly as it is stamped.
form-record-firearm-serial-alternatives-location = Where
form-record-firearm-serial-alternatives-location-help = Where on the firearm it stands.
form-record-firearm-serial-alternatives-basis = Basis
form-record-firearm-serial-alternatives-basis-help = Why it is taken for a number of this firearm.
form-record-firearm-components = Parts
form-record-firearm-components-help = Parts that bear a number of their own: slide, barrel, bolt, magazine.
form-record-firearm-components-part = Part
form-record-firearm-components-part-help = Which part.
form-record-firearm-components-serial = Number
form-record-firearm-components-serial-help = Its number, exactly as it is stamped.
form-record-firearm-components-make = Maker
form-record-firearm-components-make-help = Its maker, where it is another than the firearm's.

form-record-firearm-action = Action
form-record-firearm-action-help = How it is loaded and fired.
form-record-firearm-barrel-length-mm = Barrel mm
form-record-firearm-barrel-length-mm-help = Length of the barrel in millimetres.
form-record-firearm-overall-length-mm = Length mm
form-record-firearm-overall-length-mm-help = Overall length in millimetres.
form-record-firearm-capacity = Capacity
form-record-firearm-capacity-help = How many rounds it holds.
form-record-firearm-finish = Finish
form-record-firearm-finish-help = Finish and colour.
form-record-firearm-description = Description
form-record-firearm-description-help = What tells it from others: grips, sights, wear, damage, engraving.

form-record-persons = Persons
form-record-persons-help = Persons linked to the firearm. Name no one whom the case does not need.
form-record-persons-name = Name
form-record-persons-name-help = The name, or the reference of the file that holds it.
form-record-persons-role = Role
form-record-persons-role-help = What the person has to do with the firearm.
form-record-persons-role-possessor = possessor
form-record-persons-role-owner = owner
form-record-persons-role-purchaser = purchaser
form-record-persons-role-associate = associate
form-record-persons-role-victim = victim
form-record-persons-status = Status
form-record-persons-status-help = How the person stands in the case.
form-record-persons-status-convicted = convicted
form-record-persons-status-suspect = suspect
form-record-persons-status-witness = witness
form-record-persons-status-victim = victim
form-record-persons-status-missing = missing
form-record-offences = Offences
form-record-offences-help = The offences of the case. Picking one again takes it out.

form-record-external-ref = Own ref.
form-record-external-ref-help = Your office's own reference for this record.
form-record-event-latitude = Latitude
form-record-event-latitude-help = Degrees north of the place, such as 40.4722; south is negative.
form-record-event-longitude = Longitude
form-record-event-longitude-help = Degrees east of the place, such as -3.5609; west is negative.
form-record-remark = Remark
form-record-remark-help = Anything else. Required where the make is unknown.

form-check = Check
form-check-section-query = What is asked
form-check-serial = Serial
form-check-serial-help = As it is stamped. Write ? for one unknown character and [8B] for one of two.
form-check-make = Make
form-check-make-help = The maker, as far as it is known.
form-check-calibre = Calibre
form-check-calibre-help = The calibre, as far as it is known.
form-check-type = Type
form-check-type-help = What kind of firearm, as far as it is known.
form-check-purpose = Purpose
form-check-purpose-help = The case and why you ask. It goes into the journal with the answer.

form-office = First run
form-office-section-office = Who works here
form-office-office-name = Office
form-office-office-name-help = What your office is called, such as NCB Madrid.
form-office-office-country = Country
form-office-office-country-help = The country whose records it may change. Type the name or the two letters.
form-office-officer = Officer
form-office-officer-help = Your name, as it goes into every entry of the journal.

# Words of the vocabularies that only forms name.

source-grade-A = A  no doubt
source-grade-B = B  mostly reliable
source-grade-C = C  mostly unreliable
source-grade-X = X  cannot be assessed
information-grade-1 = 1  accuracy not in doubt
information-grade-2 = 2  known personally to the source
information-grade-3 = 3  not known personally, corroborated
information-grade-4 = 4  cannot be corroborated
handling-H0 = H0  preventing and combating crime
handling-H1 = H1  not in court without permission
handling-H2 = H2  not to be passed on
handling-H3 = H3  see the remark
access-mode-none = no restriction
access-mode-allow = only the countries listed
access-mode-deny = all but the countries listed

# What the form itself finds. The rules' own sentences are in rules.ftl.

rule-required = required
rule-format-date = no date: write 2024-03-02, 2024-03, 2024, 2024-03-01/2024-03-05 or unknown
rule-format-day = no day: write it as 2024-03-02
rule-format-number = no whole number: digits only
rule-format-decimal = no number: digits with a point, such as 40.4722
rule-format-range = between { $min } and { $max }
rule-format-country = { $word } is no country code: pick one, or write two letters such as ES
rule-format-choice = { $word } is none of the choices: pick one
rule-format-too-long = { $length } characters, { $max } at most
rule-format-shape = this value cannot be read here: clear it and type it again

# Why typed or pasted text was not taken. The text is as it was before.

form-refused-too-long = Nothing added: the field takes { $max } characters, this would make { $length }.
form-refused-unsafe = { $count ->
    [one] Nothing added: the text has an invisible or control character ({ $first }). Paste it without.
   *[other] Nothing added: the text has { $count } invisible or control characters (the first is { $first }). Paste it without.
}
form-refused-one-line = This field has one line.
form-refused-not-text = This field takes no text.

# What is said of a draft that was opened again.

form-note-other-version = The draft was saved with version { $draft } of the form, this is version { $form }: look it over before saving.
form-note-no-field = The form has no field { $path }: its value is kept in the draft and not saved with the record.
form-note-other-shape = The value of { $path } does not fit its field: it is kept in the draft and not saved with the record.

# Beside the fields and around them.

form-amend-title = Amend { $record }
form-problems = { $count ->
    [one] 1 problem
   *[other] { $count } problems
}
form-rows = { $count ->
    [0] none
    [one] 1 row
   *[other] { $count } rows
}
form-from-card = from the card
form-from-reference = reference
form-was = was { $old }
form-was-empty = was empty
form-required-mark = required
form-choices-none = nothing fits: what is typed stays as it is
form-choices-none-closed = nothing fits: type less, or other words
form-choices-waiting = looking it up …
form-choices-more = { $count } more
form-draft-saved = draft saved { $time }
form-problem-elsewhere = about the whole form: { $problem }
form-refused = { $count ->
    [one] Not saved: 1 field must be mended first. The draft is kept.
   *[other] Not saved: { $count } fields must be mended first. The draft is kept.
}
form-no-problem = No problem and nothing missing: it can be saved.
form-no-choices = This field has no choices: type what it says.
form-left = The draft is kept. Home lists it under drafts.
form-saved = Saved as { $record }. Another officer must approve it.

screen-form = Form
    .about = Each field tells at the bottom what belongs in it and what is wrong with it. What you type is kept as a draft every few keystrokes.
job-form = open the form
job-form-keep = keep the draft
job-form-choices = choices of a field
job-form-look = rules of the form
job-form-save = save the form

command-new-record = Record a firearm
    .hint = new record
command-amend = Amend this record in the form
    .hint = amend
command-form-next = To the next field; a choice that is selected or certain is taken
    .hint = next
command-form-previous = To the field before
    .hint = previous
command-form-save = Save what is filled in
    .hint = save
command-form-choices = Show what the field offers
    .hint = choices
command-form-problem = To the next problem, or the next field that is missing
    .hint = next problem
command-form-undo = Take the last step back
    .hint = undo
command-form-redo = Make it again
    .hint = redo
command-form-leave = Leave the form and keep the draft
    .hint = keep draft
command-form-enter = Take the choice, break the line, add a row, or go on
    .hint = take
command-form-up = Up: the choice, the line, the field
    .hint = up
command-form-down = Down: the choice, the line, the field
    .hint = down
command-form-next-section = To the next section
    .hint = section
command-form-previous-section = To the section before
    .hint = section back
command-form-add-row = Add a row to this group
    .hint = add row
command-form-remove-row = Remove this row
    .hint = remove row
command-form-row-up = Move this row up
    .hint = row up
command-form-row-down = Move this row down
    .hint = row down
command-form-erase = Erase the character before the cursor
    .hint = erase
command-form-erase-right = Erase the character at the cursor
    .hint = erase right
command-form-erase-word = Erase the word before the cursor
    .hint = erase word
command-form-erase-word-right = Erase the word after the cursor
    .hint = erase word right
command-form-kill-end = Take away to the end of the line
    .hint = to the end
command-form-kill-start = Take away to the start of the line
    .hint = to the start
command-form-yank = Put back what was taken away
    .hint = put back
command-form-cursor-left = One character left
    .hint = left
command-form-cursor-right = One character right
    .hint = right
command-form-word-left = One word left
    .hint = word left
command-form-word-right = One word right
    .hint = word right
command-form-cursor-start = To the start of the line
    .hint = start
command-form-cursor-end = To the end of the line
    .hint = end
