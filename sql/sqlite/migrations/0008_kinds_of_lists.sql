-- Migrator: which recommenders have lists of users, and which of these have a drawn item.
alter table {recommenders} add column has_exploration integer not null default 0;

alter table {recommenders} add column has_lists integer not null default 1;
