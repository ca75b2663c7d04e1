import { store } from "../store";

/** Loads the newer version of the program that lies ready here; nothing while there is none. */
export const newVersion = store<(() => void) | undefined>(undefined);

/** When the oldest answer was given that is shown from this device; nothing while none is. */
export const shownFrom = store<number | undefined>(undefined);

/** How many things wait on this device to be sent. */
export const waiting = store(0);
