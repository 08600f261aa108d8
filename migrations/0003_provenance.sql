-- Where in its file a fact stands, beside the batch that says which file: the evidence behind a figure.
-- The order of the rows of one file is told by it too. Facts taken before this do not know their line.

alter table contact add line integer, add input_rows integer not null default 1;
alter table agent_state add line integer, add input_rows integer not null default 1;
alter table ticket_event add line integer, add input_rows integer not null default 1;
alter table survey add line integer, add input_rows integer not null default 1;
alter table complaint add line integer, add input_rows integer not null default 1;
alter table outcome add line integer, add input_rows integer not null default 1;
alter table log_event add line integer, add input_rows integer not null default 1;

comment on column contact.line is 'The line of the batch''s file, from 1; null where it is not known.';
comment on column contact.input_rows is 'How many rows of the file it accounts for; 0 for what stands in the row of another fact.';
