import { store } from "../store";

/** Loads the newer version of the program that lies ready here; nothing while there is none. */
export const newVersion = store<(() => void) | undefined>(undefined);
