-- A BRIN index knows nothing of pages that came since the last vacuum, and looks at all of them. Ranges
-- that have been filled are summarised by the autovacuum's workers from now on.

alter index contact_by_day set (autosummarize = on);
alter index payment_by_day set (autosummarize = on);
