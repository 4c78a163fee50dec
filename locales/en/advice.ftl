# What to do next after a check (domain.md 3.3).

advice-compare-marks = Compare all marks with the firearm before acting: a match is a candidate until a person has confirmed it.
advice-tell-owner = Tell the office that owns { $record } ({ $country }): the record is its to change.
advice-read-again = Look at the number again under good light, and write ? for each character that is not certain.
advice-check-other-numbers = Check the other numbers on the firearm: slide, barrel, cylinder, and any alternative number.
advice-trace-manufacture = Ask where it was made: { $countries }.
advice-identify-maker = Identify the maker in the reference table, then ask the country of manufacture.
advice-trace-import = If there is an import mark, ask the country of the last legal import.
advice-trace-connected = Ask any country connected with the case.
