-- What was written and decided is kept as it was: drafts, decisions and declarations are added, never changed.
-- The one change let through takes a decision back; the decision itself stays readable. A recorded erasure (gate_erasure)
-- may empty the words of a draft and the reason of a decision, and nothing else of them.
CREATE TRIGGER stories_draft_once BEFORE INSERT ON stories_draft BEGIN
    SELECT RAISE(ABORT, 'kept: this draft exists')
     WHERE EXISTS (SELECT 1 FROM stories_draft WHERE id = NEW.id OR (story_id = NEW.story_id AND number = NEW.number));
END;
CREATE TRIGGER stories_draft_stays BEFORE UPDATE ON stories_draft BEGIN
    SELECT RAISE(ABORT, 'kept: a draft is never changed')
     WHERE NOT EXISTS (SELECT 1 FROM gate_erasure WHERE digest = 'draft ' || OLD.id)
        OR json(NEW.told) <> '{"date":null,"parts":[["headline",[["Erased.",[]]]],["paragraph",[["Erased.",[]]]]]}' OR json(NEW.left_out) <> '[]'
        OR NEW.id <> OLD.id OR NEW.story_id <> OLD.story_id OR NEW.number <> OLD.number OR NEW.drafter <> OLD.drafter
        OR NEW.captures <> OLD.captures OR NEW.by <> OLD.by OR NEW.at <> OLD.at;
END;
CREATE TRIGGER stories_draft_kept BEFORE DELETE ON stories_draft BEGIN SELECT RAISE(ABORT, 'kept: a draft is never deleted'); END;
CREATE TRIGGER stories_decision_once BEFORE INSERT ON stories_decision BEGIN
    SELECT RAISE(ABORT, 'kept: this decision exists') WHERE EXISTS (SELECT 1 FROM stories_decision WHERE id = NEW.id);
END;
CREATE TRIGGER stories_decision_stays BEFORE UPDATE ON stories_decision BEGIN
    SELECT RAISE(ABORT, 'kept: a decision is only ever taken back')
     WHERE NEW.id <> OLD.id OR NEW.story_id <> OLD.story_id OR NEW.key <> OLD.key
        OR NOT ((NEW.undone = 1 AND NEW.told = OLD.told)
                OR (NEW.undone = OLD.undone AND json(NEW.told) = json_set(OLD.told, '$.reason', '')
                    AND EXISTS (SELECT 1 FROM gate_erasure WHERE digest = 'decision ' || OLD.id)));
END;
CREATE TRIGGER stories_decision_kept BEFORE DELETE ON stories_decision BEGIN SELECT RAISE(ABORT, 'kept: a decision is never deleted'); END;
CREATE TRIGGER stories_declaration_once BEFORE INSERT ON stories_declaration BEGIN
    SELECT RAISE(ABORT, 'kept: this declaration exists') WHERE EXISTS (SELECT 1 FROM stories_declaration WHERE id = NEW.id);
END;
CREATE TRIGGER stories_declaration_stays BEFORE UPDATE ON stories_declaration BEGIN SELECT RAISE(ABORT, 'kept: a declaration is never changed'); END;
CREATE TRIGGER stories_declaration_kept BEFORE DELETE ON stories_declaration BEGIN SELECT RAISE(ABORT, 'kept: a declaration is never deleted'); END;
