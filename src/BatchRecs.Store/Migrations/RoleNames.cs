namespace BatchRecs.Store.Migrations;

/// <summary>The roles that a DBA may set up in PostgreSQL; they are optional.</summary>
/// <param name="Etl">Writes: owns both schemas. BatchRecs connects as this role itself, so that all it makes has one owner.</param>
/// <param name="Reader">Reads the contract's schema and nothing else. Applications connect as members of it.</param>
public sealed record RoleNames(string Etl = "batchrecs_etl", string Reader = "batchrecs_reader");
