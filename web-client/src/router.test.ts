import { afterEach, describe, expect, it } from "vitest";
import { currentAddress, match, navigate, resolve, route, setQuery, startRouter } from "./router";

const Page = () => null;

describe("match", () => {
  it("reads the names after colons", () => {
    expect(match("/clinic/consults/:id", "/clinic/consults/42")).toEqual({ id: "42" });
  });

  it("decodes what the address encodes, and refuses what it cannot decode", () => {
    expect(match("/people/:name", "/people/J%C3%BCrgen%20K")).toEqual({ name: "Jürgen K" });
    expect(match("/people/:name", "/people/%E0%A4%A")).toBeUndefined();
  });

  it("does not mind a closing slash, but minds more or fewer parts", () => {
    expect(match("/clinic", "/clinic/")).toEqual({});
    expect(match("/clinic", "/clinic/consults")).toBeUndefined();
    expect(match("/clinic/:id", "/clinic")).toBeUndefined();
  });
});

describe("resolve", () => {
  const routes = [route("/consults/:id", Page), route("/consults/new", Page)];

  it("prefers the literal address, whatever the order", () => {
    expect(resolve(routes, "/consults/new")?.route.pattern).toBe("/consults/new");
    expect(resolve(routes, "/consults/7")?.params).toEqual({ id: "7" });
  });

  it("finds nothing for an unknown address", () => {
    expect(resolve(routes, "/elsewhere")).toBeUndefined();
  });
});

describe("navigating", () => {
  startRouter();
  afterEach(() => document.body.replaceChildren());

  it("keeps the fragment, which carries a guest's token", () => {
    navigate("/guest#secret");
    expect(currentAddress()).toMatchObject({ path: "/guest", fragment: "secret" });
  });

  it("changes one part of the query and keeps the others", () => {
    navigate("/clinic?tab=open&q=a");
    setQuery({ q: undefined, tab: "closed" });
    expect(currentAddress().query.toString()).toBe("tab=closed");
  });

  it("opens ordinary links without loading the document, and leaves the others to the browser", () => {
    navigate("/clinic");
    // The window hears of a click last: what is not prevented by then, the browser would follow.
    let opened = false;
    addEventListener("click", (event) => {
      opened = event.defaultPrevented;
      event.preventDefault();
    });
    const click = (html: string, options: MouseEventInit = {}) => {
      document.body.innerHTML = html;
      const event = new MouseEvent("click", { bubbles: true, cancelable: true, ...options });
      document.body.querySelector("a")?.dispatchEvent(event);
      return opened;
    };
    expect(click('<a href="/specialist">x</a>')).toBe(true);
    expect(currentAddress().path).toBe("/specialist");
    expect(click('<a href="/clinic">x</a>', { ctrlKey: true })).toBe(false);
    expect(click('<a href="/clinic" download>x</a>')).toBe(false);
    expect(click('<a href="/clinic" target="_blank">x</a>')).toBe(false);
    expect(currentAddress().path).toBe("/specialist");
  });
});
