package org.consilium.platform.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How every "no" reads (RFC 9457): a stable code and a sentence that a person can act on. */
final class Problem {
  static final String MEDIA_TYPE = "application/problem+json";

  private Problem() {}

  static byte[] of(
      int status,
      String code,
      String detail,
      List<FieldError> errors,
      Map<String, Object> members,
      String requestId) {
    var problem = new LinkedHashMap<String, Object>();
    problem.put("type", "urn:consilium:problem:" + code);
    problem.put("title", HttpResponseStatus.valueOf(status).reasonPhrase());
    problem.put("status", status);
    problem.put("code", code);
    problem.put("detail", detail);
    problem.put("requestId", requestId);
    if (!errors.isEmpty()) {
      problem.put("errors", errors);
    }
    problem.putAll(members);
    return Json.write(problem);
  }
}
