# Why something was not done: what failed and where, what was kept, what to do next. Each is the sentence of one error of the
# program; where it stands behind another in one line, it begins with a small letter.

# The desk.

error-problems =
    { $count ->
        [one] 1 of the record's fields must be mended first; nothing was saved
       *[other] { $count } of the record's fields must be mended first; nothing was saved
    }
error-refused = Nothing was saved: mend the fields that are marked.
error-not-found = there is no `{ $name }` in this workspace: give a number such as ES-2026-000912, or an identifier
error-no-entry = there is no entry `{ $name }` in the reference table: take an id that `headstamp reference search` prints
error-no-edition = there is no edition `{ $name }`: `headstamp reference editions` lists those there are
error-edition-there = there is an edition `{ $name }` already: remove it first (headstamp reference editions remove { $name } --reason …), or give this one another --name
error-edition = the edition `{ $name }` cannot be read ({ $why }): its entries are missing from the table. Remove it (headstamp reference editions remove { $name } --reason …) and import its list again
error-list = { $path }: { $why }; nothing was imported
error-gallery-stopped = stopped: the gallery that was there is unchanged
error-import-stopped = the import was stopped: nothing was imported
error-not-now = a record that is “{ $state }” does not allow “{ $act }”: { $hint }
error-not-owner = V27: the record belongs to { $owner }; only { $owner } may change it. Propose the change to its office
error-same-officer = V26: `{ $officer }` entered the record; another officer must approve it
error-purpose-missing = A purpose is needed: it is kept in the journal with the act.
error-reason-missing = A reason is needed: it is kept in the journal with the act.
error-case-missing = A case is needed: it is kept in the journal with the act.
error-bad-serial = the serial `{ $serial }` cannot be searched: { $fault }
error-empty-serial = The serial “{ $serial }” has no letter or digit: type what is stamped, ? for a character that cannot be read.
error-decided-pending = the hit is pending, though { $by } decided it already
error-decided-confirmed = the hit was confirmed by { $by } already
error-decided-rejected = the hit was rejected by { $by } already
error-unreadable = document { $id } cannot be read ({ $fault }): it was written by another version; the journal is unchanged
error-file = { $what } { $path }: { $fault }; { $hint }
error-settings = { $path }: { $fault }; mend it, or open another workspace with --workspace
error-not-empty = { $path } is not empty: choose another folder, or open it with --workspace
error-no-workspace = { $path } holds no workspace: make one with `headstamp init { $path }`
error-output = writing what was asked for: { $fault }; nothing in the workspace was changed
error-exhibit = `{ $name }` cannot be used as an exhibit: { $fault }; nothing was kept of it
error-exhibit-file = the kept file of { $name } cannot be used ({ $fault }): enter the original again with `headstamp ballistics add`
error-no-files = this desk keeps no files: open a workspace with --workspace
error-gallery = the gallery { $path }: { $fault }; exhibits and journal are not affected
error-index = the search index cannot be used: { $fault }. Run `headstamp rebuild`; records and checks are not affected

# What was being done when the system refused; the file's name follows.

doing-draft-read = reading the draft
doing-draft-remove = removing the draft
doing-draft-save = saving the draft
doing-drafts-list = reading the drafts in
doing-mapping-read = reading the mapping
doing-mapping-save = saving the mapping
doing-remove-projection = removing the projection
doing-settings-read = reading the workspace's settings
doing-workspace-make = making the workspace

# What to do next; it stands at the end of a sentence, without a full stop.

hint-draft-read = the file is kept as it is; what can be read of it is plain text
hint-draft-remove = remove the file by hand
hint-draft-save = the text is still on the screen: free some space or save the record now
hint-drafts-list = look at the permissions of the folder
hint-mapping-read = save one with --save-mapping, or give a file
hint-remove-projection = close the program that uses the workspace and try again; the journal is untouched
hint-settings-read = look at the permissions of the folder, or open another with --workspace
hint-workspace-make = choose another folder
hint-write = free space on the disk or mend its rights, then repeat

hint-not-now-ready = a second officer approves it first, or it is cancelled
hint-not-now-active = locate it first, or amend or cancel it
hint-not-now-hit-pending = confirm or reject the hit first
hint-not-now-hit-confirmed = locate it, or close it
hint-not-now-located = close it when the firearm is returned, kept as evidence or destroyed
hint-not-now-ended = its life has ended; enter a new record that names it

# What is wrong, in brackets or behind a colon.

fault-index-thread = the index's thread ended in a fault
fault-later-layout = the workspace has layout { $found }, this program knows up to { $known }: use a newer Headstamp
fault-no-entry = the journal has no entry { $seq }
fault-no-index = there is none

list-changed = the file changed while it was read: repeat when it is whole
list-folder = it is a folder: name the files in it
list-no-name = the edition needs a --name with a letter or digit
list-no-row = no row of it can be used
list-not-regular = it is no regular file, and it is read twice: save it as a file first

# A serial number that is written as a pattern.

pattern-unclosed = `[` at character { $at } is not closed: write [8B] for a character that is 8 or B
pattern-misplaced = `{ $found }` at character { $at } has no place here: write [8B] for a character that is 8 or B
pattern-empty = the brackets at character { $at } are empty: write [8B] for a character that is 8 or B
pattern-star = `*` is not used: write one ? for each character that cannot be read
pattern-nothing-known = nothing of the number is known: at least one character is needed
pattern-too-long = the number has more than { $longest } characters

# What is told of the search index when a workspace is opened.

notice-index-set-aside = the search index could not be used ({ $reason }); it is kept in { $kept } and a new one follows the journal
notice-index-outdated = the search index was of an earlier layout; a new one follows the journal
notice-index-missing = there is no search index to read: lists and searches are empty
notice-index-unreadable = the search index cannot be read ({ $reason }): lists are empty

# The store.

store-io = { $what } at { $path }: { $fault }. Nothing that was confirmed is lost; { $hint }
store-in-use = the workspace is in use by { $holder }. Close it there, or open this one read-only with --read-only
store-read-only = the workspace is open read-only: nothing was changed
store-conflict =
    { $found ->
        [none] the document was not there, though an entry was to change it: open it again and repeat the change
       *[other] the document was changed by another entry ({ $found }) since it was read: open it again and repeat the change
    }
store-refused = entry { $number } of { $total } was refused: { $what }. Nothing of them was written; correct it and repeat
store-damaged-blob = { $path } is not what was written: restore it from a copy, or remove what it belongs to and bring it in again; the journal is untouched
store-no-workspace = there is no workspace in { $path }: make one with `headstamp init`
store-exists = there is a workspace in { $path } already: nothing was changed
store-damaged = the journal is damaged at entry { $seq } ({ $path }, line { $line }): { $what }. { $kept }
store-state = the state of the workspace cannot be used ({ $why }): run `headstamp rebuild`; the journal is whole

kept-opening = Nothing was changed: restore the file from a copy, open the workspace read-only, or let `headstamp rebuild` go on with all that is whole
kept-others = The other entries can be used; restore this file from a copy
kept-unchanged = Nothing was changed and the other entries can be used; restore the file from a copy

doing-lock = taking the lock
doing-read = reading
doing-write = writing
doing-write-journal = writing the journal

hint-lock = mend the rights on the folder, or open it with --read-only
hint-read = check the disk and the rights on the folder, then open the workspace again
hint-writer-broken = close the workspace and open it again, which mends the journal's end

holder-unknown = another process
host-unknown = this machine

fault-file-missing = the file is missing
fault-journal-end = the end of the journal does not read
fault-journal-short = the journal ends before it, and it had been confirmed
fault-line-cut = it is cut short
fault-line-missing = its line is missing
fault-other-journal = they are of another journal
fault-packed-differs = compressing it did not give the same lines back
fault-packed-index = the index at its end is damaged; `lz4 -d` still gives its lines back as a .jsonl file, which may take its place
fault-packed-index-written = its index was not written as it should be
fault-packed-lines = the compressed lines from here on are damaged
fault-state-file = { $path } is damaged
fault-state-no-entry = it names entry { $seq }, which the journal does not hold
fault-state-other-entry = it takes entry { $seq } for one about { $id }
fault-working-closed = it is closed
fault-working-gap = some of its values are missing
fault-working-long-key = the keys of an entry are longer than it takes
fault-working-outdated = it was made by another version of the program
fault-working-panicked = sled gave up on it
fault-working-value = one of its values is damaged
fault-writer-broken = an earlier write failed and could not be taken back

refused-lines = its document is not on one line
refused-not-json = its document is not JSON ({ $fault })
refused-other-kind = a document cannot become one of another kind
refused-too-long = its document has { $bytes } bytes, and { $most } are the most
refused-twice = an earlier entry of the same append changes its document

# What is wrong with a line of the journal.

line-batch = the batch before it is not complete
line-begin = it does not begin as an entry does
line-body-hash = its body was changed: it does not have the hash that its head names
line-body-shape = its body is not laid out as a body is
line-body-short = its body is cut short
line-chain = it does not name the hash of the entry before it
line-hash-short = its hash is cut short
line-head = its head cannot be read ({ $why })
line-head-hash = its head was changed: it does not have the hash that stands beside it
line-no-hash = it holds no hash
line-not-utf8 = it is not UTF-8
line-order = entry { $found } stands where entry { $expected } belongs

# What is told when a workspace is opened. None of these lost a confirmed entry unless it says so.

notice-damaged-entries = entries { $first } to { $last } in { $file } from line { $line } on are damaged ({ $what }); everything else can be used
notice-damaged-tail = the entries from { $seq } on were damaged and taken off the end of { $file }; they are kept in { $kept }
notice-missing-entries = entries { $first } to { $last } were confirmed once and are missing from the journal
notice-not-compressed = a closed file of the journal could not be compressed ({ $why }); it is tried again later
notice-outdated = the state was made by another version of the program; it is made again from the journal
notice-replayed = { $entries } entries of the journal were read again
notice-runs-set-aside = the folded keys could not be used ({ $why }); they are made again from the journal
notice-state-behind = the state could not be written ({ $why }); nothing is lost, the next opening reads the journal again
notice-torn-tail = { $bytes } bytes of a write that was cut short were taken off the end of { $file }; they were never confirmed and are kept in { $kept }
notice-working-set-aside = the working set could not be used ({ $why }); it is made again from the journal

# The index of everything recorded.

search-cancelled = the search was stopped
search-in-use = the index at { $path } is being written by another process: close it there, or open the workspace read-only
search-read-only = the index is open read-only: nothing was changed
search-io = { $what } at { $path }: { $fault }. The records themselves are not touched; free space or permissions, then repeat
search-damaged = the index is damaged ({ $why }): open it again to set it aside and follow the journal anew, or run `headstamp rebuild`
search-its-folder = its folder

doing-index-make = making the folder of the index
doing-index-remove = removing an outdated index
doing-index-lock = locking the index
doing-index-aside = setting a damaged index aside
doing-index-close = closing the index
doing-index-use = using the index
fault-index-commit = its last commit does not say how far it goes
fault-index-files = its files do not hold together
fault-index-schema = it has another schema than its name says
fault-index-no-id = a document has no identifier
fault-index-too-many = more documents than can be counted
fault-index-row = a row beyond the end
fault-index-gaps = the column `{ $column }` has gaps
fault-index-column = the column `{ $column }` is missing
fault-index-file = the file { $file } is not as it was written

# A draft that cannot be opened; its file stays where it is.

draft-broken = the draft cannot be read: line { $line }, column { $column }: { $what }. Its file is kept as it is
draft-later-format = the draft was saved by a later version (format { $found }, this one reads { $known }): open it there
draft-other-form = the draft is one of the form `{ $found }`, not of `{ $expected }`

# What a form could not do.

form-fault-schema = { $file }: { $fault }
form-fault-none = there is no form `{ $form }` in this version
form-fault-values = the record cannot be shown in the form: { $fault }
form-fault-read-only = the workspace is open for reading only: nothing can be kept

# An answer of Identify that says nothing that can be looked for.

answer-word = { $question }: `{ $word }` is not one of: { $known }
answer-calibre = the table knows no calibre `{ $given }`: give it as stamped, or ? if it cannot be told
answer-country = the table knows no country `{ $given }`: give a name or code, or ? if it cannot be told
answer-stamp = a stamp needs a letter or a digit: `{ $given }` has none

# The exit codes, in the help and the manual page.

exit-codes = Exit codes:
exit-0 = done (a check that finds nothing is done, too)
exit-1 = it failed; the message says what was kept and what to do next
exit-2 = the command line is not right
exit-3 = rules stand against it, or some of the records were refused
exit-4 = there is no such record, entry or workspace
exit-5 = the workspace is in use, or open read-only
exit-6 = the journal or another file of the workspace is damaged

# What the command line refuses.

cli-fault-bad-assignment = `{ $given }` is not a field and its value: write --set firearm.model=M70
cli-fault-bad-day = `{ $given }` is not a day: write YYYY-MM-DD
cli-fault-entry-no-object = the entry { $id } is not an object
cli-fault-line-too-long = the line is longer than { $most } MiB
cli-fault-making = making { $path }
cli-fault-no-column = `{ $given }` is no column to sort by
cli-fault-no-field = there is no field `{ $path }` to set
cli-fault-no-home = there is no home folder: choose a workspace with --workspace DIR
cli-fault-no-mapping = --kind mapped needs to know the columns: give --map HEADING=MEANING or --mapping
cli-fault-no-terminal = the screens need a terminal; `headstamp help` lists the commands for scripts
cli-fault-not-json = { $path } is not a JSON document
cli-fault-not-utf8 = byte { $at } is not UTF-8: save the file as UTF-8
cli-fault-nothing-to-change = nothing to change: give a FILE or --set PATH=VALUE
cli-fault-one-name = --name is for one FILE: each edition has its own
cli-fault-opening = opening { $path }
cli-fault-reading = reading { $path }
cli-fault-reading-failed = reading { $path }: { $fault }
cli-fault-writing-rejects = writing the refused rows
