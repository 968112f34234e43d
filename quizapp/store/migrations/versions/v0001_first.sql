CREATE TABLE deck (
    id INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (path)
)
 STRICT;
CREATE TABLE policy (
    id TEXT NOT NULL,
    rules TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE TABLE session (
    id TEXT NOT NULL,
    deck TEXT DEFAULT '' NOT NULL,
    owner TEXT DEFAULT '' NOT NULL,
    finished INTEGER DEFAULT '0' NOT NULL,
    place TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id)
)
 STRICT;
CREATE TABLE fact (
    name TEXT NOT NULL,
    content TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (name)
)
 STRICT;
CREATE TABLE topic (
    id TEXT NOT NULL,
    deck_id INTEGER NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    difficulty INTEGER DEFAULT '0' NOT NULL,
    tags TEXT DEFAULT '[]' NOT NULL,
    question TEXT DEFAULT '' NOT NULL,
    cover TEXT DEFAULT '' NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    metadata TEXT DEFAULT '[]' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    ordinal INTEGER DEFAULT '0' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    unlocked INTEGER DEFAULT '0' NOT NULL,
    seen_day INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(deck_id) REFERENCES deck (id)
)
 STRICT;
CREATE INDEX ix_topic_deck_id ON topic (deck_id);
CREATE TABLE card (
    id TEXT NOT NULL,
    topic_id TEXT NOT NULL,
    deck_id INTEGER NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    ordinal INTEGER DEFAULT '0' NOT NULL,
    question TEXT DEFAULT '' NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    archived INTEGER DEFAULT '0' NOT NULL,
    phase TEXT DEFAULT 'new' NOT NULL,
    step INTEGER DEFAULT '0' NOT NULL,
    stability REAL DEFAULT '0' NOT NULL,
    difficulty REAL DEFAULT '0' NOT NULL,
    due_at INTEGER DEFAULT '0' NOT NULL,
    due_day INTEGER DEFAULT '0' NOT NULL,
    last_day INTEGER DEFAULT '0' NOT NULL,
    last_at INTEGER DEFAULT '0' NOT NULL,
    reps INTEGER DEFAULT '0' NOT NULL,
    lapses INTEGER DEFAULT '0' NOT NULL,
    suspended INTEGER DEFAULT '0' NOT NULL,
    buried_until INTEGER DEFAULT '0' NOT NULL,
    first_day INTEGER DEFAULT '0' NOT NULL,
    queue TEXT DEFAULT '' NOT NULL,
    available_day INTEGER DEFAULT '0' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    rank INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(topic_id) REFERENCES topic (id),
    FOREIGN KEY(deck_id) REFERENCES deck (id)
)
 STRICT;
CREATE INDEX card_deck_new ON card (deck_id, queue, position, rank);
CREATE INDEX card_learning ON card (queue, due_at);
CREATE INDEX card_new ON card (queue, position, rank);
CREATE INDEX card_review ON card (queue, available_day, rank, deck_id);
CREATE INDEX ix_card_topic_id ON card (topic_id);
CREATE INDEX card_deck_review ON card (deck_id, queue, available_day, rank);
CREATE TABLE log (
    id BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    day INTEGER NOT NULL,
    device TEXT DEFAULT '' NOT NULL,
    card_id TEXT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    rating INTEGER,
    phase TEXT DEFAULT '' NOT NULL,
    elapsed_ms INTEGER DEFAULT '0' NOT NULL,
    policy_id TEXT,
    target BLOB,
    extra TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(card_id) REFERENCES card (id),
    FOREIGN KEY(policy_id) REFERENCES policy (id),
    FOREIGN KEY(target) REFERENCES log (id)
)
 WITHOUT ROWID,
 STRICT;
CREATE INDEX log_card ON log (card_id, id);
CREATE INDEX log_target ON log (target) WHERE target IS NOT NULL;
CREATE INDEX log_day ON log (day) WHERE kind = 'review';
CREATE TABLE prediction (
    id BLOB NOT NULL,
    at_ms INTEGER NOT NULL,
    card_id TEXT,
    simulation TEXT DEFAULT '' NOT NULL,
    knobs TEXT DEFAULT '{}' NOT NULL,
    seed INTEGER NOT NULL,
    device TEXT DEFAULT '' NOT NULL,
    question TEXT DEFAULT '' NOT NULL,
    answer TEXT DEFAULT '' NOT NULL,
    truth TEXT,
    hit INTEGER,
    gap TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(card_id) REFERENCES card (id)
)
 WITHOUT ROWID,
 STRICT;
