"""What a sweep shows: which factors matter, by how much, how far chance goes, and where it tips.

Every analysis is a pure function from a table of runs to a table of numbers, one a file. `report`
chooses those that a sweep's design allows and tells them.
"""
