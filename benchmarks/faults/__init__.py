"""What is left when things go wrong: processes killed, disks full, pages damaged, many writers at once.

work.py      what a process does meanwhile: the console's own actions, each acknowledged when it is done
judging.py   whether a store holds all that was acknowledged, nothing by halves, and a whole audit
killing.py   SIGKILL at random moments; crowding.py: many writers; troubles.py: one fault after the other
"""
