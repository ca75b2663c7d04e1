import { store } from "./store";

/**
 * The link belongs to a call that has no room for video, or not proved it yet: what can wait stays
 * behind the voice. Set by the page of the call.
 */
export const voiceFirst = store(false);

/**
 * The call is about to connect to the server, or tries to come back. Browsers open WebSockets to one
 * server one after the other (RFC 6455, section 4.1), so no other may be dialled then: on a path that
 * is dead its turn would last for many seconds. Set by the page of the call.
 */
export const callConnects = store(false);
