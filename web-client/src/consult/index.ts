/** Parts of a consult's page that clinic, specialist and scheduler share. */
export { AppointmentPanel } from "./AppointmentPanel";
export { CallHistory } from "./CallHistory";
export { CallNotice, CallPanel } from "./CallPanel";
export { CaseView, Text, TriageReasons } from "./CaseView";
export { ConsultLead } from "./ConsultLead";
export { Decision, DecisionShown } from "./Decision";
export { FollowUpPanel } from "./FollowUpPanel";
export * from "./names";
export * from "./parts";
export { History, isNight, TeamList, timeThere } from "./People";
export * from "./reference";
export * from "./resources";
export { NoteNotices } from "./NoteNotices";
export { NoteBody, RecommendationBody, SignedNotes } from "./SignedNotes";
export { Thread, WaitingLine } from "./Thread";
export { useWithdrawal } from "./withdrawal";
