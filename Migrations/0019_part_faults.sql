-- A view no longer stands still as a whole at an event that cannot be read or applied: the stream of
-- that event does, and every other one is carried on. So a view has as many faults as streams that
-- stand still in it, and a fault says, as a row of a view does, for which stretch of the log it is
-- true: from the event itself, or from where another was set aside before it, until an event sets it
-- aside. It belongs to the generation whose fold met it and goes with it.
--
-- Rows of the past say where whole views stood; the views themselves are built anew.
DELETE FROM dossier.projection_fault;

ALTER TABLE dossier.projection_fault
  DROP CONSTRAINT projection_fault_pkey,
  ADD COLUMN generation_id bigint NOT NULL,
  ADD COLUMN stream_kind text COLLATE "C" NOT NULL,
  ADD COLUMN stream_id text COLLATE "C" NOT NULL,
  ADD COLUMN from_position bigint NOT NULL,
  ADD COLUMN to_position bigint CHECK (to_position > from_position),
  ADD PRIMARY KEY (casebook_id, view, generation_id, "position", from_position),
  ADD FOREIGN KEY (casebook_id, view, generation_id)
    REFERENCES dossier.generation ON DELETE CASCADE;
