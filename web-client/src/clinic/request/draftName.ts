/** Names of requests on this device begin so; the consult's id follows. */
export const DRAFT_PREFIX = "consult ";

export function draftName(consultId: string): string {
  return DRAFT_PREFIX + consultId;
}
