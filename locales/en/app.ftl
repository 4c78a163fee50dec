# What the screens say. Sentences are short: they are read at 3 a.m. on a small terminal.

app-name = Headstamp
header-demo = DEMO
header-read-only = READ-ONLY
too-small = The terminal is { $width } x { $height }. Headstamp needs { $need_width } x { $need_height }: make it larger. Nothing is lost.
debug-bytes = { $frame } bytes, { $total } in all

screen-home = Home
    .about = What waits for you, the oldest and the next deadline of each kind, and below it what was done lately. Enter opens a line.
screen-reference = Reference
    .about = The reference table: how a firearm is described in the standard words.
screen-records = Records
    .about = Every recorded firearm. The filter finds words anywhere (zastava rue haute), fields (make:zastava serial:48113), states and reasons (stolen active) and dates (since:2024). Only the rows you see are loaded.
screen-record = Record
    .about = One record: what is recorded, everything that was done to it with old and new values, and other records with one of its numbers.
screen-check = Check
    .about = Is this firearm recorded? Type the number as stamped: ? for one character that cannot be read, [8B] for either. Every check leaves a proof in the journal, also when nothing is found. A match is a candidate until a person has compared all marks.
screen-journal = Journal
    .about = Everything that was ever done, newest first: who, when, what and why. Entries are chained by their hashes and never change.
screen-jobs = Jobs
    .about = What runs in the background and what ended lately. Nothing here makes the keyboard wait.
screen-help = Help
    .about = Every command with its keys. A key may differ in your own keymap; the name never does.

context-global = Everywhere
context-list = In a list
context-search = While typing a search or a line
context-form = In a form
context-viewer = While reading
context-compare = While comparing pictures
context-map = On a map
context-popup = In a box

palette-title = Commands
palette-none = no command fits
screen-help-title = This screen
notice-title = Look
rows-position = { $at } of { $total }

status-at-home = This is where everything begins. { $quit } quits.
status-interrupt = Nothing is running here that could be stopped. { $quit } quits; nothing typed is lost.
status-no-command = { $keys } does nothing here. { $help } shows the keys of this screen.
status-no-hit = No hit. Proof { $check } is in the journal.
status-candidates =
    { $count ->
        [one] 1 candidate. Compare all marks. Proof { $check }
       *[other] { $count } candidates. Compare all marks. Proof { $check }
    }
status-hit-confirmed = The hit on { $record } is confirmed and saved.
status-hit-rejected = The hit on { $record } is rejected and saved.
status-acted-approve = { $record } is approved and in force.
status-acted-cancel = { $record } is cancelled; it stays in the journal.
status-acted-locate = { $record } is noted as located.
status-acted-extend = { $record } is kept until its next review.
status-acted-close = { $record } is closed.

problems-count =
    { $count ->
        [one] 1 problem
       *[other] { $count } problems
    }

error-other = { $what }
error-job-broken = A task broke down ({ $job }: { $what }). Nothing that was saved is lost; try it again, and report it with the log.

settings-unreadable = { $file } cannot be read ({ $why }); the default is used.
keymap-fault-syntax = { $file }, line { $line }: not TOML ({ $key }). The default keymap is used.
keymap-fault-section = { $file }, line { $line }: there is no section “{ $key }”. The default keymap is used.
keymap-fault-list = { $file }, line { $line }: “{ $key }” must be a list of bindings. The default keymap is used.
keymap-fault-binding = { $file }, line { $line }: a binding needs on and run ({ $key }). The default keymap is used.
keymap-fault-key = { $file }, line { $line }: “{ $key }” is not a key. The default keymap is used.
keymap-fault-command = { $file }, line { $line }: there is no command “{ $key }”. The default keymap is used.
keymap-fault-duplicate = { $file }, line { $line }: “{ $key }” is bound twice. The default keymap is used.
keymap-fault-prefix = { $file }, line { $line }: “{ $key }” hides longer keys, or is hidden by a shorter one. The default keymap is used.
keymap-fault-inherits = { $file }, line { $line }: there is no keymap “{ $key }” to inherit. The default keymap is used.
theme-fault-syntax = { $file }, line { $line }: not TOML ({ $key }). The default theme is used.
theme-fault-scope = { $file }, line { $line }: there is no scope “{ $key }”. The default theme is used.
theme-fault-look = { $file }, line { $line }: “{ $key }” is not fg, bg or modifiers. The default theme is used.
theme-fault-colour = { $file }, line { $line }: “{ $key }” is not a colour. The default theme is used.
theme-fault-modifier = { $file }, line { $line }: “{ $key }” is not bold, dim, italic, underlined or reversed. The default theme is used.
theme-fault-inherits = { $file }, line { $line }: there is no theme “{ $key }” to inherit. The default theme is used.

home-opening = Opening the workspace …
home-waits = Waits for you
home-oldest = oldest
home-due = due
home-hit-to-confirm = HIT TO CONFIRM
home-approval = TO APPROVE
home-review-due = REVIEW DUE
home-draft = DRAFTS
home-nothing-waits = Nothing waits for you.
home-begin = { $check } checks a serial number, { $new } records a firearm, { $reference } finds one in the reference table.
home-lately = Lately
home-nothing-lately = Nothing was done in this workspace yet.
home-no-hit = no hit
home-candidates =
    { $count ->
        [one] 1 candidate
       *[other] { $count } candidates
    }
home-footer-records =
    { $count ->
        [one] { $count } record
       *[other] { $count } records
    }
home-footer-journal = journal { $seq }

hits-title = Hits that wait for a decision
drafts-title = Drafts
draft-untitled = (nothing typed in a text yet)
draft-label = { $title } · { $at }

age-minutes = { $count } min
age-hours = { $count } h
age-days = { $count } d
due-today = today
due-in-days = in { $count } d
due-late-days = { $count } d late
took-ms = { $count } ms
took-s = { $seconds } s

check-serial = Serial
check-make = Make
check-calibre = Calibre
check-type = Type
check-purpose = Purpose
check-serial-note = as stamped; ? unknown, [8B] either
check-begin =
    Type the serial number as it is stamped, and why you ask. Make, calibre and type make the answer sharper: leave what you do not know.
    { $next } goes to the next line, { $accept } checks.
check-glimpse = So far there would be
check-glimpse-note = The check itself shows them, with the reason for each, and leaves the proof.
check-serial-missing = Type the serial number first: ? for a character that cannot be read.
check-type-unknown = “{ $type }” is not a type of firearm: try pistol, revolver, rifle, shotgun, or leave it empty.
check-purpose-missing = Say why you ask, such as a case number: it is kept in the journal with the check.
check-no-hit = No hit: no recorded firearm answers.
check-record = record { $number }
check-compare = compare before acting: all marks, slide and barrel, importer, proof
check-searched =
    { $count ->
        [one] searched 1 record
       *[other] searched { $count } records
    }
check-as-of = as of { $at } ({ $age } old)
check-took = in { $took }
check-proof = check { $number }
check-truncated = More than 500 records answer: add make, calibre or more characters.
check-caveat = A match is a candidate until you have compared all marks.
check-nothing-to-decide = There is no candidate to decide: make a check first.
check-no-proof = There is no check yet: type a number and why you ask.
check-decided-confirmed = The hit on { $record } is confirmed already, by { $by }.
check-decided-rejected = The hit on { $record } is rejected already, by { $by }.
check-hit-pending = to confirm
check-hit-confirmed = CONFIRMED
check-hit-rejected = REJECTED
check-hit-decided = { $state } by { $by }, { $at }: { $reason }
proof-title = Proof { $number }
proof-asked = Asked
proof-office = Office
proof-officer = Officer
proof-purpose = Purpose
proof-compared = Compared as
proof-data = Of which data
proof-records = Searched
proof-as-of = As of
proof-nothing-before = nothing was recorded yet
proof-journal = Journal entry
proof-journal-hash = Its hash
proof-reference = Reference
proof-answer = Answer
proof-none = no recorded firearm answers
proof-truncated = more than these answer: the list was cut
proof-hash = Answer's hash
proof-revision = { $number }, revision { $rev }
proof-note = The proof is kept in the journal as it is shown here and never changes; what was decided later stands on the check itself.
next-title = What to do next
next-trace = Whom to ask about its history
check-confirm-title = Confirm the hit
check-confirm-about = { $serial }, record { $record }: you have compared the marks and they agree.
check-compared = What did you compare, and what did you see?
check-reject-title = Reject the hit
check-reject-about = { $serial }, record { $record }: it is another firearm.
check-differs = What differs?

agreement-serial-same = the number is the same ({ $place })
agreement-serial-embedded_letters = the same but for letters between the digits: { $recorded } ({ $place })
agreement-serial-confusable = the same but for characters that are often misread: { $recorded } ({ $place })
agreement-serial-without_affix = the same without the letters before or after: { $recorded } ({ $place })
agreement-serial-pattern = the pattern fits { $recorded } ({ $place })
agreement-short-same = same number
agreement-short-embedded_letters = letters inside
agreement-short-confusable = misreading
agreement-short-without_affix = no affix
agreement-short-pattern = pattern
agreement-make-agrees = make agrees
agreement-make-differs = make DIFFERS
agreement-make-unknown = make unknown
agreement-calibre-agrees = calibre agrees
agreement-calibre-differs = calibre DIFFERS
agreement-calibre-unknown = calibre unknown
agreement-type-agrees = type agrees
agreement-type-differs = type DIFFERS
agreement-type-unknown = type unknown


records-behind =
    { $count ->
        [one] 1 entry is not in the list yet
       *[other] { $count } entries are not in the list yet
    }
records-filter-example = make:zastava stolen since:2024 "rue haute"
records-reading = Reading …
records-empty = Nothing is recorded yet.
records-none-fit = No record fits the filter. { $clear } shows all again.
records-order-newest = newest first
records-order-oldest = oldest first
records-order-number = by number
records-order-make = by make
records-order-event = by event
records-order-relevance = best first
records-sorted-newest = Newest entries first.
records-sorted-oldest = Oldest entries first.
records-sorted-number = By number.
records-sorted-make = By make and model.
records-sorted-event = By the day of the event, the latest first.
records-sorted-relevance = What fits the filter best first.
no-serial = (none)

record-reading = Reading …
record-history = History
record-related = The same number elsewhere
record-none-related = No other record bears one of its numbers.
record-change = { $field }: { $old } → { $new }
record-acts-title = What is done to the record
record-no-acts = Nothing can be done to it here now: it belongs to { $owner }, or its life has ended.
record-act-about-approve = { $record }: a second officer has read it and approves.
record-act-about-cancel = { $record } was entered in error. It stays in the journal and is found by no check.
record-act-about-locate = { $record }: the firearm was found by another agency.
record-act-about-extend = { $record } is still needed: it is kept until its next review, five years at the longest.
record-act-about-close = { $record }: the case of this firearm is over.
ask-approver = Approving officer (not the one who entered it)
ask-reason = Reason, kept in the journal
ask-next-review = Day of the next review, YYYY-MM-DD
ask-day-bad = “{ $day }” is not a day: write YYYY-MM-DD.
ask-missing = This line is needed.
value-unknown = unknown

journal-empty = Nothing was done in this workspace yet. Every act will be here: who, when, what, why.
journal-exported =
    { $count ->
        [one] { $officer } exported 1 record: { $purpose }. SHA-256 { $hash }
       *[other] { $officer } exported { $count } records: { $purpose }. SHA-256 { $hash }
    }
journal-seq = entry
journal-at = when (UTC)
journal-act = what
journal-officer = who
journal-purpose = why

jobs-none = Nothing runs. Searches, checks and writes appear here while they do, with a way to stop them.
jobs-name = task
jobs-state = state
jobs-progress = progress
jobs-took = took
jobs-nothing-to-cancel = There is no running task to stop.
job-waiting = waits
job-running = runs
job-done = done
job-cancelled = stopped
job-failed = broke down
job-open = open the workspace
job-home = what waits
job-check = check a number
job-glimpse = count candidates
job-proof = read a proof
job-exported = read an export
job-standings = read how hits stand
job-next = find the next steps
job-hits = read hits
job-decide = decide a hit
job-records = list records
job-record = read a record
job-reference = search the reference table
job-card = read a reference card
job-folder = read a folder
job-import-preview = look at a list
job-import = import a list
job-save-mapping = keep a mapping
job-editions = list editions
job-remove-edition = take an edition away
job-compare = compare reference entries
job-identify = identify a firearm
job-try-serial = try a serial number on a card
job-act = change a record
job-journal = read the journal
job-drafts = list drafts

records-columns-title = Columns, until the program ends: Enter switches one, Esc is done
records-column-no-room = { $column } (no room at this width)
records-narrow-title = Narrow the list
records-narrow-any = any
records-narrow-typed = Country, by its name or two letters
records-narrow-reason = by the reason: stolen, lost, seized …
records-narrow-state = by the state: in force, to approve, located …
records-narrow-type = by the type of firearm
records-narrow-country = by the country where it happened
records-narrow-owner = by the country whose record it is
column-long-number = number of the record
column-long-serial = serial
column-long-firearm = make and model
column-long-type = type
column-long-calibre = calibre
column-long-reason = reason
column-long-state = state
column-long-date = day of the event
column-long-country = country of the event
column-long-place = place of the event
column-long-case = case
column-long-owner = owner
column-long-entered = day it was entered
column-long-review = day of the review
column-type = type
column-case = case
column-owner = owner
column-entered = entered
column-review = review
column-number = number
column-serial = serial
column-firearm = firearm
column-calibre = calibre
column-reason = reason
column-state = state
column-date = date
column-country = in
column-place = place
column-grade = grade
column-why = why

reference-begin =
    Type what you see on the firearm: make, model, calibre, type, country, in any order and spelling.
    The nearest entries appear as you type.
reference-nothing-selected = No entry is selected: type what you see first.
reference-none = Nothing answers. Try fewer words, another spelling, or only the make.
reference-serial = { $serial } may be a serial: { $check } checks it
reference-reading = …
reference-filters = Filters: Enter switches one on or off
reference-type = type
reference-action = action
reference-calibre = calibre
reference-country = country
reference-make = make

setup-title = Who works here?
setup-about = A workspace belongs to one office. What you say here stands in every entry of the journal. Esc leaves and makes nothing.
setup-interrupt = Nothing was made yet. Esc leaves.
setup-office = Office, such as NCB Madrid
setup-country = Country, two letters such as ES
setup-officer = Your name, as it shall stand in the journal
setup-office-missing = Name the office.
setup-country-bad = “{ $country }” is not a country code: two letters, such as ES.
setup-officer-missing = Name the officer.
