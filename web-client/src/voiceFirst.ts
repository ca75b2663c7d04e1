import { store } from "./store";

/**
 * The link belongs to a call that has no room for video, or not proved it yet: what can wait stays
 * behind the voice. Set by the page of the call.
 */
export const voiceFirst = store(false);
