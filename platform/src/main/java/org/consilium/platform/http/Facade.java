package org.consilium.platform.http;

import java.util.Set;

/**
 * A door beside the contract's: addresses under a base of their own that speak another standard's
 * language. A request meets the same checks in the same order, and runs in the same one transaction
 * with the same session and row security; only what is asked and how it is answered is the
 * facade's.
 */
public interface Facade {
  /** Where it begins, for example {@code /fhir/R4}; no slash at the end. */
  String base();

  /** The types of a body that it reads; all of them JSON. */
  Set<String> mediaTypes();

  /** Whether this may be asked without a session. */
  boolean isOpen(String method, String path);

  /** Does what is asked, within the call's transaction; a "no" is thrown as a {@link Refusal}. */
  Answer answer(FacadeCall call);

  /** How a "no" reads here; its status and headers are set by the platform. */
  Answer.Raw refusal(Refusal refusal, String requestId);
}
