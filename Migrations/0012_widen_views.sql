-- What lists show of a claim, a source and a step of the trail beyond what their views had so far.
-- Rows of earlier versions of these views have none of it: they are replaced by the next rebuild.

-- When, by whom and why a claim was last corrected, withdrawn or reinstated, null when it never was;
-- and the disputes that are open.
ALTER TABLE dossier.claim_view
  ADD COLUMN disputes text[] COLLATE "C",
  ADD COLUMN changed_at timestamptz,
  ADD COLUMN changed_by text COLLATE "C",
  ADD COLUMN changed_position bigint,
  ADD COLUMN correction text COLLATE "C",
  ADD COLUMN reason text;

-- The kind of mistake of ours that a correction mended.
ALTER TABLE dossier.audit_view
  ADD COLUMN correction text COLLATE "C";

ALTER TABLE dossier.source_view
  ADD COLUMN grade_grounds text,
  ADD COLUMN copy_list json,
  ADD COLUMN derivations json,
  ADD COLUMN texts json,
  ADD COLUMN version bigint;
