-- Migrator: which recommenders have lists with a drawn item.
alter table {recommenders} add column has_exploration integer not null default 0;
