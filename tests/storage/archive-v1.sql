BEGIN TRANSACTION;
CREATE TABLE appearance (
        version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        speaker INTEGER NOT NULL REFERENCES speaker (id),
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        role TEXT,
        aliases TEXT,
        named INTEGER NOT NULL,
        mentions TEXT NOT NULL,
        PRIMARY KEY (version, ordinal)
    ) WITHOUT ROWID;
INSERT INTO "appearance" VALUES(1,0,1,'Ana Ruiz','person','Mayor','["Ruiz"]',1,'[27,35,31,35]');
INSERT INTO "appearance" VALUES(1,1,2,'A city engineer','person',NULL,NULL,0,'[82,97]');
CREATE TABLE article (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        sort INTEGER NOT NULL,
        read INTEGER NOT NULL DEFAULT 0,
        starred INTEGER NOT NULL DEFAULT 0,
        speakers INTEGER NOT NULL DEFAULT 0,
        quotations INTEGER NOT NULL DEFAULT 0,
        title TEXT NOT NULL,
        outlet TEXT,
        published TEXT,
        section TEXT,
        byline TEXT,
        url TEXT,
        guid TEXT,
        feed TEXT,
        path TEXT,
        address TEXT,
        fingerprint BLOB NOT NULL,
        version INTEGER NOT NULL DEFAULT 0,
        engine INTEGER NOT NULL DEFAULT 0,
        indexed INTEGER NOT NULL DEFAULT 0,
        added INTEGER NOT NULL
    );
INSERT INTO "article" VALUES(1,0,1,1,2,3,'Bridge opens','The Post',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,X'987030899DF1F1FB215A9A662E5369E9',1,1,0,1795336752);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE quotation (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        version INTEGER NOT NULL REFERENCES version (id) ON DELETE CASCADE,
        ordinal INTEGER NOT NULL,
        current INTEGER NOT NULL DEFAULT 1,
        sort INTEGER NOT NULL,
        speaker INTEGER REFERENCES speaker (id),
        appearance INTEGER,
        kind TEXT NOT NULL,
        content TEXT NOT NULL,
        cue_start INTEGER,
        cue_end INTEGER,
        mention_start INTEGER,
        mention_end INTEGER,
        confidence REAL NOT NULL,
        why TEXT
    );
INSERT INTO "quotation" VALUES(1,1,1,0,1,0,1,0,'direct','[1,19]',36,40,21,35,0.97,'["the name stands before the verb"]');
INSERT INTO "quotation" VALUES(2,1,1,1,1,0,1,0,'indirect','[54,79]',48,53,NULL,NULL,1.0,NULL);
INSERT INTO "quotation" VALUES(3,1,1,2,1,0,2,1,'indirect','[131,141]',NULL,NULL,NULL,NULL,0.5,NULL);
CREATE TABLE removed (article INTEGER PRIMARY KEY);
CREATE TABLE speaker (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT UNIQUE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        named INTEGER NOT NULL,
        quotations INTEGER NOT NULL DEFAULT 0,
        articles INTEGER NOT NULL DEFAULT 0,
        first TEXT,
        last TEXT,
        first_sort INTEGER,
        last_sort INTEGER
    );
INSERT INTO "speaker" VALUES(1,'person:ana ruiz','Ana Ruiz','person',1,2,1,NULL,NULL,NULL,NULL);
INSERT INTO "speaker" VALUES(2,NULL,'A city engineer','person',0,1,1,NULL,NULL,NULL,NULL);
CREATE TABLE speaker_form (
        speaker INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
        sort TEXT NOT NULL,
        form TEXT NOT NULL,
        times INTEGER NOT NULL,
        PRIMARY KEY (speaker, sort, form)
    ) WITHOUT ROWID;
INSERT INTO "speaker_form" VALUES(1,'alias','Ruiz',1);
INSERT INTO "speaker_form" VALUES(1,'role','Mayor',1);
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "state" VALUES('place','1:20');
CREATE TABLE version (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        blocks TEXT NOT NULL,
        links TEXT,
        fingerprint BLOB NOT NULL,
        added INTEGER NOT NULL
    );
INSERT INTO "version" VALUES(1,1,'Bridge opens','“We open on Monday,” Mayor Ana Ruiz said.

Ruiz added that the bridge was sound.

A city engineer, who asked not to be named, said it was not.','[0,41,0,43,80,0,82,142,0]',NULL,X'987030899DF1F1FB215A9A662E5369E9',1795336752);
CREATE INDEX article_newest ON article (sort DESC, id DESC);
CREATE INDEX article_unread ON article (sort DESC, id DESC) WHERE read = 0;
CREATE INDEX article_starred ON article (sort DESC, id DESC) WHERE starred = 1;
CREATE INDEX article_address ON article (address) WHERE address IS NOT NULL;
CREATE INDEX article_guid ON article (guid) WHERE guid IS NOT NULL;
CREATE INDEX article_fingerprint ON article (fingerprint);
CREATE INDEX article_indexed ON article (indexed);
CREATE INDEX article_engine ON article (engine);
CREATE INDEX version_article ON version (article);
CREATE INDEX speaker_quoted ON speaker (quotations DESC, id) WHERE named = 1;
CREATE INDEX appearance_speaker ON appearance (speaker);
CREATE UNIQUE INDEX quotation_version ON quotation (version, ordinal);
CREATE INDEX quotation_article ON quotation (article, speaker, sort) WHERE current = 1;
CREATE INDEX quotation_speaker ON quotation (speaker, sort DESC, article DESC, ordinal)
        WHERE current = 1;
COMMIT;
PRAGMA application_id = 1869509219;
PRAGMA user_version = 1;
