import { api, ok, once, type Schema } from "../api/client";
import { type Form, useForm } from "../form";

/** Taking a consult back: one form for clinic and coordinator, who each say it in their own words. */
export function useWithdrawal(props: {
  consultId: string;
  /** What is said when no reason is given. */
  reasonNeeded: string;
  onWithdrawn: (consult: Schema<"Consult">) => void;
}): Form<{ reason: string }> {
  return useForm({
    initial: { reason: "" },
    draft: `withdrawal ${props.consultId}`,
    validate: ({ reason }) =>
      reason.trim() ? [] : [{ pointer: "/reason", detail: props.reasonNeeded }],
    send: ({ reason }, key) =>
      ok(
        api.POST("/consults/{consultId}/withdrawal", {
          params: { path: { consultId: props.consultId } },
          body: { reason: reason.trim() },
          headers: once(key),
        }),
      ),
    onSent: props.onWithdrawn,
  });
}
