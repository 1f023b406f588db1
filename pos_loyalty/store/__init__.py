"""SQLite by SQLAlchemy Core: the till's folder and what is in it.

till.lock             held by the one running till
till.key              the database key, 0600, only where the system has no key store; else
key.name              under which name the system's key store has it
anchor                the journal's last event, so that an older copy put back is noticed
reserve               room given up when the disk is full, so that the sale in progress can finish
journal.db            events, postings, slips, records: append-only, the outbox, never rebuilt
journal.form-0001.db  what it was before its form was upgraded, with the same key
members.db            standings, catalogue, programs, staff: told by the server, rebuildable
index.db              card digest → member, of all members; a file of its own, so that a
index.next.db         whole new one is built aside and put in place by a rename
"""
