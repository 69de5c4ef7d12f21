/** A step from one schema version to the next. */
export interface Migration {
  /** 1-based; the database's `user_version` after the step. */
  readonly version: number
  readonly statements: string
}

/**
 * All steps, in order. A step that was ever released stays as it is; a change is a new step.
 *
 * Tenants and their resource types are numbered (`scope`: one type of one tenant), so that every index begins with a
 * small number. `document` is the whole resource; what is searched and compared is in columns and indexes beside it.
 * The numbers of resources are never used again, so a number that was kept never leads to another resource.
 */
export const migrations: readonly Migration[] = [
  {
    version: 1,
    statements: `
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tenants (
  tenant INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE scopes (
  scope INTEGER PRIMARY KEY,
  tenant INTEGER NOT NULL REFERENCES tenants,
  type TEXT NOT NULL,
  total INTEGER NOT NULL DEFAULT 0,
  UNIQUE (tenant, type)
) STRICT;

CREATE TABLE resources (
  resource INTEGER PRIMARY KEY AUTOINCREMENT,
  scope INTEGER NOT NULL REFERENCES scopes,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  created TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  document TEXT NOT NULL,
  UNIQUE (scope, id)
) STRICT;
CREATE INDEX resources_by_last_modified ON resources (scope, last_modified, id);

CREATE TABLE indexed_attributes (
  attribute INTEGER PRIMARY KEY,
  type TEXT NOT NULL,
  path TEXT NOT NULL,
  rule TEXT NOT NULL,
  UNIQUE (type, path)
) STRICT;

CREATE TABLE unique_values (
  attribute INTEGER NOT NULL,
  scope INTEGER NOT NULL,
  value TEXT NOT NULL,
  resource INTEGER NOT NULL,
  PRIMARY KEY (attribute, scope, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE indexed_values (
  attribute INTEGER NOT NULL,
  scope INTEGER NOT NULL,
  value TEXT NOT NULL,
  id TEXT NOT NULL,
  resource INTEGER NOT NULL,
  PRIMARY KEY (attribute, scope, value, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE memberships (
  group_resource INTEGER NOT NULL REFERENCES resources,
  member TEXT NOT NULL,
  tenant INTEGER NOT NULL,
  type TEXT NOT NULL,
  display TEXT,
  PRIMARY KEY (group_resource, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_by_member ON memberships (tenant, member, group_resource);

CREATE TABLE changes (
  tenant INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (tenant, sequence)
) STRICT, WITHOUT ROWID;
`,
  },
  {
    version: 2, // changes that after-hooks have not heard of yet
    statements: `
CREATE TABLE pending_changes (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenants,
  id TEXT NOT NULL UNIQUE,
  resources TEXT NOT NULL,
  claimed_until INTEGER NOT NULL,
  payload TEXT NOT NULL
) STRICT;
CREATE INDEX pending_changes_by_tenant ON pending_changes (tenant, sequence);

CREATE TABLE pending_resources (
  tenant INTEGER NOT NULL,
  resource TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (tenant, resource, sequence)
) STRICT, WITHOUT ROWID;
`,
  },
  {
    version: 3, // order for each resource and each membership; leases that have a holder; changes that are parked
    statements: `
CREATE TABLE kept_changes (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL REFERENCES tenants,
  id TEXT NOT NULL UNIQUE,
  resource TEXT NOT NULL,
  member TEXT NOT NULL,
  urgency TEXT,
  payload TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  parked INTEGER NOT NULL DEFAULT 0,
  overtaken INTEGER NOT NULL DEFAULT 0,
  holder TEXT,
  held_since INTEGER NOT NULL DEFAULT 0,
  held_until INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'kept_changes', seq FROM sqlite_sequence WHERE name = 'pending_changes';
INSERT INTO kept_changes (sequence, tenant, id, resource, member, urgency, payload)
  SELECT sequence, tenant, id, resources ->> 0, coalesce(resources ->> 1, ''),
    CASE payload ->> 'kind' WHEN 'deactivate' THEN 'overtakes' WHEN 'deprovision' THEN 'ends' WHEN 'leave' THEN 'ends' END,
    payload
  FROM pending_changes ORDER BY sequence;
DROP TABLE pending_resources;
DROP TABLE pending_changes;
ALTER TABLE kept_changes RENAME TO pending_changes;
CREATE INDEX pending_changes_by_tenant ON pending_changes (tenant, sequence);
CREATE INDEX pending_changes_by_key ON pending_changes (tenant, resource, member, sequence);
`,
  },
]

/** Schema version that this package works with. */
export const schemaVersion: number = migrations.length
