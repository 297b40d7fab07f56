"""What all ad platforms share: days to read, reports that replace them, accounts that may fail.

A platform brings what it can ask (accounts, entities, the rows of a report for some days); here
is decided which days are asked for, how a day's rows take the place of earlier ones, and what an
account that refuses does to the rest: nothing.
"""
