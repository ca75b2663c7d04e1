import { describe, expect, it } from "vitest";
import { judge } from "./link";

describe("the first look at the link", () => {
  it("takes the best of several round trips, because the first one also opens the connection", () => {
    expect(judge([2_400, 90, 110], undefined)).toBe("good");
    expect(judge([900, 620], undefined)).toBe("fair");
    expect(judge([1_700], undefined)).toBe("poor");
  });

  it("believes the browser when it says that little fits through", () => {
    expect(judge([80], 0.05)).toBe("poor");
    expect(judge([80], 0.2)).toBe("fair");
    expect(judge([80], 10)).toBe("good");
  });

  it("says so when the server did not answer", () => {
    expect(judge([], 10)).toBe("none");
  });
});
