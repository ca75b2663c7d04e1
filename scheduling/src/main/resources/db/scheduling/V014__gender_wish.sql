-- By whom the patient wishes to be seen; both are empty where there is no wish.
ALTER TABLE scheduling.consult
  ADD COLUMN gender_wish          text CHECK (gender_wish IN ('female', 'male')),
  ADD COLUMN gender_wish_required boolean,
  ADD CHECK ((gender_wish IS NULL) = (gender_wish_required IS NULL));
