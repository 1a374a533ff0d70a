import GRDB

/// The tables of the workspace database, by version.
///
/// A version that was released is never edited; a change is a new migration.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: jobs, events, files, models, answers, settings") { db in
            for table in first { try db.execute(sql: table) }
        }
        migrator.registerMigration("2: whether a model learned conversations") { db in
            try db.execute(sql: "ALTER TABLE models ADD COLUMN chat INTEGER NOT NULL DEFAULT 0")
        }
        migrator.registerMigration("3: turns in the queue, sweeps, samples, losses of records") { db in
            for change in third { try db.execute(sql: change) }
        }
        migrator.registerMigration("4: how answers were asked for, votes") { db in
            for change in fourth { try db.execute(sql: change) }
        }
        migrator.registerMigration("5: what is wrong with a file, metadata of jobs") { db in
            try db.execute(sql: "ALTER TABLE files ADD COLUMN fault TEXT")
            try db.execute(sql: "ALTER TABLE jobs ADD COLUMN metadata TEXT")
        }
        migrator.registerMigration("6: jobs of services elsewhere, uploads to them") { db in
            for change in sixth { try db.execute(sql: change) }
        }
        return migrator
    }

    /// Times are seconds since 1970; `request`, `detail` and the like are JSON.
    private static let first = [
        // `number` is the order of the queue. `wish` is what a person asked of a running job: cancel or pause.
        // `losses` counts workers lost since step `lost_step`, so that a job that kills its worker is given up.
        """
        CREATE TABLE jobs (
            number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, status TEXT NOT NULL,
            model TEXT NOT NULL, suffix TEXT, training_file TEXT NOT NULL, validation_file TEXT,
            training_copy TEXT NOT NULL, validation_copy TEXT,
            created_at REAL NOT NULL, started_at REAL, finished_at REAL,
            request TEXT NOT NULL, hyperparameters TEXT, total_steps INTEGER, trained_tokens INTEGER,
            fine_tuned_model TEXT, failure TEXT, latest TEXT, wish TEXT,
            losses INTEGER NOT NULL DEFAULT 0, lost_step INTEGER NOT NULL DEFAULT -1,
            worker INTEGER, heartbeat_at REAL
        ) STRICT
        """,
        "CREATE INDEX jobs_by_status ON jobs (status, number)",
        """
        CREATE TABLE events (
            job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, id INTEGER NOT NULL, created_at REAL NOT NULL,
            level TEXT NOT NULL, english TEXT NOT NULL, chinese TEXT NOT NULL, kind TEXT NOT NULL, detail TEXT,
            PRIMARY KEY (job, id)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE metrics (
            job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, step INTEGER NOT NULL, detail TEXT NOT NULL,
            PRIMARY KEY (job, step)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE files (
            id TEXT PRIMARY KEY, filename TEXT NOT NULL, purpose TEXT NOT NULL, bytes INTEGER NOT NULL,
            created_at REAL NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
        // Paths are relative to the data folder, so that a workspace can be moved.
        """
        CREATE TABLE models (
            name TEXT PRIMARY KEY, base TEXT REFERENCES models (name), job TEXT, weights TEXT, adapter TEXT,
            bytes INTEGER NOT NULL, created_at REAL NOT NULL, separator TEXT, ending TEXT, sha256 TEXT
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE answers (
            id INTEGER PRIMARY KEY AUTOINCREMENT, created_at REAL NOT NULL, model TEXT NOT NULL,
            prompt TEXT NOT NULL, answer TEXT NOT NULL, summary TEXT
        ) STRICT
        """,
        "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    ]

    private static let third = [
        // Queued jobs run by `place`, which is their number until a person moves them.
        "ALTER TABLE jobs ADD COLUMN place INTEGER NOT NULL DEFAULT 0",
        "UPDATE jobs SET place = number",
        "CREATE INDEX jobs_by_place ON jobs (status, place)",
        "ALTER TABLE jobs ADD COLUMN sweep TEXT",
        "ALTER TABLE jobs ADD COLUMN facts TEXT",
        "CREATE INDEX jobs_by_sweep ON jobs (sweep) WHERE sweep IS NOT NULL",
        """
        CREATE TABLE samples (
            job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, place INTEGER NOT NULL, step INTEGER NOT NULL,
            prompt TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (job, place)
        ) STRICT, WITHOUT ROWID
        """,
        // One row a job, packed as `LossTable` says: a million records are read in one go.
        """
        CREATE TABLE losses (
            job TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE, records INTEGER NOT NULL, detail BLOB NOT NULL
        ) STRICT
        """,
    ]

    private static let fourth = [
        "ALTER TABLE answers ADD COLUMN request TEXT",
        // `verdict` is the place of the best among the models, −1 for a tie, −2 when none was good.
        """
        CREATE TABLE votes (
            id INTEGER PRIMARY KEY AUTOINCREMENT, created_at REAL NOT NULL, prompt TEXT NOT NULL,
            models TEXT NOT NULL, answers TEXT NOT NULL, verdict INTEGER NOT NULL, blind INTEGER NOT NULL
        ) STRICT
        """,
    ]

    private static let sixth = [
        // A job with a service runs elsewhere, and the worker of this machine never touches it. `draft` is the id that it
        // had before the service answered and names its lease; `wish_key` finds it in the service's list; `mirror` is how
        // much of it stands here, as `RemoteTable.Mirror` says.
        "ALTER TABLE jobs ADD COLUMN service TEXT",
        "ALTER TABLE jobs ADD COLUMN remote_id TEXT",
        "ALTER TABLE jobs ADD COLUMN origin TEXT",
        "ALTER TABLE jobs ADD COLUMN draft TEXT",
        "ALTER TABLE jobs ADD COLUMN wish_key TEXT",
        "ALTER TABLE jobs ADD COLUMN mirror TEXT",
        "CREATE UNIQUE INDEX jobs_by_remote ON jobs (service, remote_id) WHERE remote_id IS NOT NULL",
        "CREATE UNIQUE INDEX jobs_by_draft ON jobs (draft) WHERE draft IS NOT NULL",
        "CREATE INDEX jobs_by_time ON jobs (created_at, number)",
        // The service's id of an event, so that it stands once whoever writes it down.
        "ALTER TABLE events ADD COLUMN remote_id TEXT",
        "CREATE UNIQUE INDEX events_by_remote ON events (job, remote_id) WHERE remote_id IS NOT NULL",
        """
        CREATE TABLE checkpoints (
            job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, id TEXT NOT NULL, step INTEGER NOT NULL,
            created_at REAL NOT NULL, model TEXT, metrics TEXT, PRIMARY KEY (job, id)
        ) STRICT, WITHOUT ROWID
        """,
        // Jobs that a person deleted here and a service still lists: `name` is the service's id, or the key.
        "CREATE TABLE forgotten (service TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (service, name)) STRICT",
        """
        CREATE TABLE uploads (
            service TEXT NOT NULL, file TEXT NOT NULL, filename TEXT NOT NULL, bytes INTEGER NOT NULL,
            sha256 TEXT NOT NULL, uploaded_at REAL NOT NULL, PRIMARY KEY (service, file)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX uploads_by_hash ON uploads (service, sha256)",
        """
        CREATE TABLE partial_uploads (
            service TEXT NOT NULL, upload TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL,
            parts TEXT NOT NULL, expires_at REAL, kept_at REAL NOT NULL, PRIMARY KEY (service, upload)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX partial_uploads_by_hash ON partial_uploads (service, sha256)",
    ]
}
