-- MigrationScript: applies a migration and records it, unless the journal has it.
do $migration$
begin
    if not exists (select from {migrations} where version = @version) then
{statements}
    end if;
end
$migration$
