import { AUDIT_TABLE, appendOnly, type Migration } from './migration.ts';

/** How a study's database came to be. */
export const studyMigrations: readonly Migration[] = [
  {
    name: '0001-first',
    statements: [
      `CREATE TABLE protocol_version (
        sha256 TEXT PRIMARY KEY,
        version TEXT NOT NULL,
        yaml TEXT NOT NULL,
        added_at TEXT NOT NULL
      ) STRICT`,
      `CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
      `CREATE TABLE candidate (
        subject TEXT PRIMARY KEY,
        person_id TEXT NOT NULL UNIQUE,
        person_source TEXT NOT NULL,
        first_snapshot TEXT NOT NULL
      ) STRICT`,
      `CREATE TABLE cohort_run (
        id TEXT PRIMARY KEY,
        protocol TEXT NOT NULL,
        snapshot TEXT NOT NULL,
        at TEXT NOT NULL,
        ledger TEXT NOT NULL
      ) STRICT`,
      `CREATE TABLE revision (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        subject TEXT NOT NULL REFERENCES candidate (subject),
        instrument TEXT NOT NULL,
        row_key TEXT NOT NULL DEFAULT '',
        field TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('abstraction', 'adjudication')),
        reviewer TEXT NOT NULL,
        answer TEXT NOT NULL,
        reason TEXT,
        at TEXT NOT NULL,
        entry_hash TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX revision_of ON revision (subject, instrument, row_key, field, role, reviewer)`,
      `CREATE TABLE evidence (
        revision_id INTEGER NOT NULL REFERENCES revision (id),
        ordinal INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('note', 'record')),
        source TEXT NOT NULL,
        "start" INTEGER,
        "end" INTEGER,
        quote TEXT,
        PRIMARY KEY (revision_id, ordinal)
      ) STRICT`,
      `CREATE TABLE release_lock (
        id TEXT PRIMARY KEY,
        at TEXT NOT NULL,
        "by" TEXT NOT NULL,
        protocol TEXT NOT NULL,
        snapshot TEXT NOT NULL,
        hash TEXT NOT NULL
      ) STRICT`,
      AUDIT_TABLE,
      ...['protocol_version', 'revision', 'evidence', 'release_lock', 'audit'].flatMap(appendOnly),
    ],
  },
  {
    name: '0002-search-log',
    statements: [
      `CREATE TABLE search (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        query TEXT NOT NULL,
        canonical TEXT NOT NULL,
        term_sets TEXT NOT NULL,
        notes_version TEXT NOT NULL,
        protocol TEXT NOT NULL,
        snapshot TEXT NOT NULL,
        mentions INTEGER NOT NULL,
        notes INTEGER NOT NULL,
        persons INTEGER NOT NULL,
        first TEXT,
        last TEXT,
        rerun_of INTEGER REFERENCES search (id)
      ) STRICT`,
      `CREATE TABLE search_reason (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        search_id INTEGER NOT NULL REFERENCES search (id),
        why TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      ...['search', 'search_reason'].flatMap(appendOnly),
    ],
  },
  {
    name: '0003-sample',
    statements: [
      `CREATE TABLE sample (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT NOT NULL REFERENCES cohort_run (id),
        seed TEXT NOT NULL,
        size INTEGER NOT NULL,
        among TEXT,
        term_sets TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      `CREATE TABLE sampled_person (
        subject TEXT PRIMARY KEY,
        person_id TEXT NOT NULL UNIQUE,
        person_source TEXT NOT NULL,
        first_snapshot TEXT NOT NULL
      ) STRICT`,
      `CREATE TABLE sample_member (
        sample INTEGER NOT NULL REFERENCES sample (id),
        ordinal INTEGER NOT NULL,
        subject TEXT NOT NULL REFERENCES sampled_person (subject),
        PRIMARY KEY (sample, ordinal)
      ) STRICT`,
      `CREATE TABLE sample_verdict (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        subject TEXT NOT NULL REFERENCES sampled_person (subject),
        reviewer TEXT NOT NULL,
        answer TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      ...['sample', 'sample_member', 'sample_verdict'].flatMap(appendOnly),
    ],
  },
  {
    name: '0004-disclosure',
    statements: [
      `CREATE TABLE disclosure_override (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        code TEXT NOT NULL,
        place TEXT NOT NULL,
        text TEXT NOT NULL,
        reason TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      ...appendOnly('disclosure_override'),
    ],
  },
  {
    name: '0005-live-review',
    statements: [
      `CREATE TABLE draft (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        change_id TEXT NOT NULL,
        subject TEXT NOT NULL REFERENCES candidate (subject),
        instrument TEXT NOT NULL,
        row_key TEXT NOT NULL DEFAULT '',
        field TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        answer TEXT NOT NULL,
        after_revision INTEGER NOT NULL,
        at TEXT NOT NULL,
        UNIQUE (change_id, field)
      ) STRICT`,
      `CREATE INDEX draft_of ON draft (subject, reviewer, instrument, row_key, field)`,
      `CREATE TABLE claim (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        subject TEXT NOT NULL REFERENCES candidate (subject),
        stage TEXT NOT NULL CHECK (stage IN ('screening', 'abstraction', 'adjudication')),
        reviewer TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('taken', 'done', 'released')),
        at TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX claim_of ON claim (subject, stage, reviewer)`,
      `CREATE TABLE unmasking (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person TEXT NOT NULL,
        "by" TEXT NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      // Whether an entry was taken before is asked with every entry, and the trail has a row for each change of a field.
      `CREATE INDEX audit_entry ON audit (CASE WHEN json_valid(detail) THEN detail ->> 'entry' END)`,
      ...['draft', 'claim', 'unmasking'].flatMap(appendOnly),
    ],
  },
  {
    name: '0006-reading',
    statements: [
      `CREATE TABLE note_read (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        subject TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        note TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX note_read_of ON note_read (subject, reviewer, note)`,
      `CREATE TABLE chart_search (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        subject TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        query TEXT NOT NULL,
        mentions INTEGER NOT NULL,
        notes INTEGER NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      `CREATE INDEX chart_search_of ON chart_search (subject, reviewer)`,
      `CREATE INDEX audit_of_subject ON audit (subject, action, actor, at)`,
      ...['note_read', 'chart_search'].flatMap(appendOnly),
    ],
  },
  {
    name: '0007-search-purpose',
    statements: [
      `CREATE TABLE search_purpose (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        purpose TEXT NOT NULL,
        session TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      `CREATE TABLE search_name (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        search_id INTEGER NOT NULL REFERENCES search (id),
        name TEXT NOT NULL,
        actor TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT`,
      ...['search_purpose', 'search_name'].flatMap(appendOnly),
    ],
  },
];
