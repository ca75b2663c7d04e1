-- Weights of the planner and of live matching: one version, one definition of what is good.

INSERT INTO scheduling.matching_weights VALUES ('2026-2', '2026-11-01T00:00:00Z', '{
  "field": 400, "parentField": 200, "ageGroup": 60, "clinicianLanguage": 150, "patientLanguage": 160,
  "onDuty": 100, "soonPerHour": 5, "continuity": 150, "wakingHour": 60, "openConsult": 25, "roomInWeek": 0,
  "interpreter": 80, "genderWish": 40, "unanswered": 60, "region": 30, "furtherInWeek": 20,
  "shadowPercent": 110, "keepPromise": 100,
  "base": {"red": 1600, "orange": 1000, "yellow": 600, "green": 300, "blue": 150},
  "waitPerHour": {"red": 40, "orange": 15, "yellow": 6, "green": 2, "blue": 1}}');
