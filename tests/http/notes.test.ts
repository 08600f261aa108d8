/** Notes, views and thresholds over HTTP: who sees them, who may change them, and which version. */

import { describe, expect, it } from "vitest";
import type { z } from "zod";
import * as notes from "../../src/http/contract/notes.ts";
import type { Route } from "../../src/http/contract/route.ts";
import { testDatabase } from "../support/database.ts";
import { temporaryDirectory } from "./folder.ts";
import { ABANDONED, CONTACTS, problemIn, startServer, takeCentre } from "./support.ts";

const store = await testDatabase();
await takeCentre(store, temporaryDirectory());
await store.pool.query("insert into party (name, kind) values ('Jade', 'vendor')");
const server = await startServer(store);
const manager = await server.token("manager");
const planner = await server.token("planner");
const administrator = await server.token("administrator");
const lotus = await server.token("vendor", { party: "Lotus" });
const lotusToo = await server.token("vendor", { party: "Lotus" });
const jade = await server.token("vendor", { party: "Jade" });
const agent = await server.token("agent", { agent: "Dee" });

async function partyId(name: string): Promise<string> {
  const { rows } = await store.pool.query("select uuid from party where name = $1", [name]);
  return rows[0].uuid;
}

const LOTUS = await partyId("Lotus");
const JADE = await partyId("Jade");
const NOTE = { from: "2026-03-10", to: "2026-03-12", text: "New script" };
const VIEW = { name: "Mine", page: "managers", search: "from=2026-03-10&to=2026-03-12" };
/** 35 of 81 contacts handled by a vendor: see CONTACTS. */
const THRESHOLD = { metric: "handled", direction: "above", value: 10, days: 2 };

type Kind = "annotations" | "views" | "thresholds";

const send = (
  method: string,
  path: string,
  token: string,
  { body, ...headers }: { body?: object } & Record<string, unknown> = {},
) =>
  server.ask(path, token, {
    method,
    headers: headers as Record<string, string>,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** What the route answers, checked against its contract. */
async function done<R extends Route>(
  route: R,
  response: Response,
): Promise<z.output<R["response"]>> {
  expect(response.status, await response.clone().text()).toBe(route.status ?? 200);
  return route.response.parse(await response.json()) as z.output<R["response"]>;
}

const note = async (token: string, body: object = NOTE) =>
  done(notes.addAnnotation, await send("POST", "/annotations", token, { body }));
const view = async (token: string, body: object = VIEW) =>
  done(notes.addView, await send("POST", "/views", token, { body }));
const threshold = async (token: string, body: object = THRESHOLD) =>
  done(notes.addThreshold, await send("POST", "/thresholds", token, { body }));

async function idsSeen(kind: Kind, token: string): Promise<string[]> {
  const { rows } = (await (await server.ask(`/${kind}`, token)).json()) as {
    rows: { id: string }[];
  };
  return rows.map(({ id }) => id);
}

const refusal = async (response: Promise<Response>) => {
  const { status, code } = await problemIn(await response);
  return [status, code];
};

describe("an annotation", () => {
  it("of somebody who sees everything is seen by those alone", async () => {
    const { id } = await note(manager);
    for (const token of [manager, planner, administrator]) {
      expect(await idsSeen("annotations", token)).toContain(id);
    }
    for (const token of [lotus, jade, agent]) {
      expect(await idsSeen("annotations", token)).not.toContain(id);
    }
  });

  it("of a vendor carries its party, and is seen by its party and by those who see everything", async () => {
    const made = await note(lotus);
    expect(made.party).toEqual({ id: LOTUS, name: "Lotus" });
    for (const token of [lotus, lotusToo, manager]) {
      expect(await idsSeen("annotations", token)).toContain(made.id);
    }
    for (const token of [jade, agent]) {
      expect(await idsSeen("annotations", token)).not.toContain(made.id);
    }
  });

  it("may be shown to a party, which is not told who of the others made it", async () => {
    const { id } = await note(manager, { ...NOTE, party: LOTUS });
    const { rows } = await done(notes.annotations, await server.ask("/annotations", lotus));
    expect(rows.find((row) => row.id === id)).toMatchObject({ by: null, changeable: false });
    expect(await idsSeen("annotations", jade)).not.toContain(id);
    const own = await note(lotusToo);
    const seen = await done(notes.annotations, await server.ask("/annotations", lotus));
    expect(seen.rows.find((row) => row.id === own.id)?.by).toMatch(/^vendor \d+$/);
  });

  it("cannot be shown to a party that the caller does not know", async () => {
    const body = { ...NOTE, party: JADE };
    const unknown = { ...NOTE, party: "01900000-0000-7000-8000-000000000000" };
    for (const wish of [body, unknown]) {
      const refused = await refusal(send("POST", "/annotations", lotus, { body: wish }));
      expect(refused).toEqual([400, "unknown_party"]);
    }
  });

  it("is listed with the days that it touches, the earliest first", async () => {
    const late = await note(manager, { ...NOTE, from: "2026-05-02", to: "2026-05-03" });
    const early = await note(manager, { ...NOTE, from: "2026-04-30", to: "2026-05-02" });
    const between = async (from: string, to: string) => {
      const answer = await server.ask(`/annotations?from=${from}&to=${to}`, manager);
      return (await done(notes.annotations, answer)).rows.map(({ id }) => id);
    };
    expect(await between("2026-05-01", "2026-06-01")).toEqual([early.id, late.id]);
    expect(await between("2026-05-02", "2026-06-01")).toEqual([late.id]);
    expect(await between("2026-04-01", "2026-04-30")).toEqual([]);
  });

  it("is plain text, kept as it was written", async () => {
    const text = `<img src=x onerror="alert(1)"> \u202Eevil\u202C שלום 🎉 & 'quotes'`;
    const { id } = await note(manager, { ...NOTE, text });
    const { rows } = await done(notes.annotations, await server.ask("/annotations", manager));
    expect(rows.find((row) => row.id === id)?.text).toBe(text);
  });

  it.each([
    ["without text", { ...NOTE, text: "  " }, "invalid_input"],
    ["of 501 characters", { ...NOTE, text: "x".repeat(501) }, "invalid_input"],
    ["of no day", { ...NOTE, from: "2026-02-30" }, "invalid_input"],
    ["of the year 0", { ...NOTE, from: "0000-01-01" }, "invalid_input"],
    ["that ends before it begins", { ...NOTE, to: "2026-03-10" }, "reversed_days"],
    ["with a zero character", { ...NOTE, text: "a\0b" }, "invalid_text"],
  ])("%s is refused", async (_what, body, code) => {
    expect(await refusal(send("POST", "/annotations", manager, { body }))).toEqual([400, code]);
  });

  it("is written by no agent", async () => {
    const asAgent = send("POST", "/annotations", agent, { body: NOTE });
    expect(await refusal(asAgent)).toEqual([403, "role_not_allowed"]);
  });

  it("sent twice under one key is one", async () => {
    const wish = { body: { ...NOTE, text: "once" }, "idempotency-key": "note-1" };
    const first = await done(
      notes.addAnnotation,
      await send("POST", "/annotations", manager, wish),
    );
    const second = await done(
      notes.addAnnotation,
      await send("POST", "/annotations", manager, wish),
    );
    expect(second.id).toBe(first.id);
  });
});

const KINDS = [
  ["annotations", (token: string) => note(token), { ...NOTE, text: "Other" }],
  ["views", (token: string) => view(token, { ...VIEW, name: unique() }), VIEW],
  ["thresholds", (token: string) => threshold(token), { ...THRESHOLD, value: 11 }],
] as const;

let names = 0;
const unique = () => {
  names += 1;
  return `View ${names}`;
};

describe.each(KINDS)("%s", (kind, make, change) => {
  const one = kind.slice(0, -1);
  const put = (id: string, token: string, etag: string | null) => {
    const body = kind === "views" ? { ...change, name: unique() } : change;
    return send("PUT", `/${kind}/${id}`, token, {
      body,
      ...(etag === null ? {} : { "if-match": etag }),
    });
  };

  it("of another party are not there: neither seen nor changed nor deleted", async () => {
    const { id, etag } = await make(lotus);
    const missing = "01900000-0000-7000-8000-000000000000";
    expect(await refusal(put(missing, jade, etag))).toEqual([404, `unknown_${one}`]);
    expect(await idsSeen(kind, jade)).not.toContain(id);
    expect(await refusal(put(id, jade, etag))).toEqual([404, `unknown_${one}`]);
    const removed = send("DELETE", `/${kind}/${id}`, jade);
    expect(await refusal(removed)).toEqual([404, `unknown_${one}`]);
    expect(await idsSeen(kind, lotus)).toContain(id);
  });

  it("of those who see everything are not there for a vendor", async () => {
    const { id, etag } = await make(manager);
    expect(await refusal(put(id, lotus, etag))).toEqual([404, `unknown_${one}`]);
    const removed = send("DELETE", `/${kind}/${id}`, lotus);
    expect(await refusal(removed)).toEqual([404, `unknown_${one}`]);
    expect(await idsSeen(kind, manager)).toContain(id);
  });

  it("want the version that was looked at, and refuse an older one", async () => {
    const { id, etag } = await make(lotus);
    expect(await refusal(put(id, lotus, null))).toEqual([428, "if_match_required"]);
    const changed = await put(id, lotus, etag);
    expect(changed.status).toBe(200);
    const { etag: next } = (await changed.json()) as { etag: string };
    expect(changed.headers.get("etag")).toBe(next);
    expect(next).not.toBe(etag);
    expect(await refusal(put(id, lotus, etag))).toEqual([412, "changed_meanwhile"]);
    expect(await refusal(put(id, lotus, '"of old"'))).toEqual([412, "changed_meanwhile"]);
    expect((await put(id, lotus, next)).status).toBe(200);
  });

  it("are deleted by their maker, once", async () => {
    const { id } = await make(lotus);
    expect((await send("DELETE", `/${kind}/${id}`, lotus)).status).toBe(204);
    expect(await idsSeen(kind, lotus)).not.toContain(id);
    const again = send("DELETE", `/${kind}/${id}`, lotus);
    expect(await refusal(again)).toEqual([404, `unknown_${one}`]);
    const crooked = send("DELETE", `/${kind}/${id}x`, lotus);
    expect(await refusal(crooked)).toEqual([404, `unknown_${one}`]);
  });

  it("leave a line each time in the log of changes", async () => {
    const before = await store.pool.query("select count(*)::int as count from audit_entry");
    const { id, etag } = await make(manager);
    await put(id, manager, etag);
    await send("DELETE", `/${kind}/${id}`, manager);
    const { rows } = await store.pool.query(
      "select action, subject from audit_entry order by id offset $1",
      [before.rows[0].count],
    );
    expect(rows).toEqual([
      { action: `post /${kind}`, subject: null },
      { action: `put /${kind}/{${one}}`, subject: id },
      { action: `delete /${kind}/{${one}}`, subject: id },
    ]);
  });
});

describe.each([
  ["annotations", (token: string) => note(token), { ...NOTE, text: "Other" }],
  ["thresholds", (token: string) => threshold(token), { ...THRESHOLD, value: 12 }],
] as const)("%s of a colleague", (kind, make, body) => {
  it("are changed by an administrator, and by no other", async () => {
    for (const [maker, other] of [
      [manager, planner],
      [lotus, lotusToo],
    ] as const) {
      const { id, etag } = await make(maker);
      const wish = { body, "if-match": etag };
      const refused = [403, "not_the_maker"];
      expect(await refusal(send("PUT", `/${kind}/${id}`, other, wish))).toEqual(refused);
      expect(await refusal(send("DELETE", `/${kind}/${id}`, other))).toEqual(refused);
      expect((await send("PUT", `/${kind}/${id}`, administrator, wish)).status).toBe(200);
      expect((await send("DELETE", `/${kind}/${id}`, administrator)).status).toBe(204);
    }
  });
});

describe("a view", () => {
  it("is seen by its user alone until it is shared with its side", async () => {
    const { id, etag } = await view(lotus, { ...VIEW, name: "To share" });
    expect(await idsSeen("views", lotusToo)).not.toContain(id);
    const body = { ...VIEW, name: "To share", shared: true };
    await send("PUT", `/views/${id}`, lotus, { body, "if-match": etag });
    const { rows } = await done(notes.views, await server.ask("/views", lotusToo));
    expect(rows.find((row) => row.id === id)).toMatchObject({ mine: false, shared: true });
    for (const token of [jade, manager, agent]) {
      expect(await idsSeen("views", token)).not.toContain(id);
    }
    const refused = send("DELETE", `/views/${id}`, lotusToo);
    expect(await refusal(refused)).toEqual([403, "not_the_maker"]);
  });

  it("shared by a manager is seen by those who see everything", async () => {
    const { id } = await view(manager, { ...VIEW, name: "For all", shared: true });
    for (const token of [planner, administrator])
      expect(await idsSeen("views", token)).toContain(id);
    for (const token of [lotus, agent]) expect(await idsSeen("views", token)).not.toContain(id);
  });

  it("of an agent is its own", async () => {
    const { id } = await view(agent, { ...VIEW, page: "live", search: "" });
    expect(await idsSeen("views", agent)).toEqual([id]);
    const body = { ...VIEW, name: "Shared", shared: true };
    const shared = send("POST", "/views", agent, { body });
    expect(await refusal(shared)).toEqual([403, "sharing_not_allowed"]);
  });

  it("has a name that its user has no other view of", async () => {
    await view(planner, { ...VIEW, name: "Twice" });
    const body = { ...VIEW, name: "Twice" };
    const again = send("POST", "/views", planner, { body });
    expect(await refusal(again)).toEqual([409, "view_name_taken"]);
    const { id, etag } = await view(planner, { ...VIEW, name: "Once" });
    const renamed = send("PUT", `/views/${id}`, planner, { body, "if-match": etag });
    expect(await refusal(renamed)).toEqual([409, "view_name_taken"]);
    expect((await view(manager, { ...VIEW, name: "Twice" })).name).toBe("Twice");
  });

  it.each([
    ["a page that there is not", { ...VIEW, page: "../sign-in" }],
    ["the page of another site", { ...VIEW, page: "https://example.org" }],
    ["a fragment", { ...VIEW, search: "from=2026-03-10#x" }],
    ["a question mark", { ...VIEW, search: "?from=2026-03-10" }],
    ["markup", { ...VIEW, search: "from=<script>" }],
    ["a space", { ...VIEW, search: "from=a b" }],
    ["2001 characters", { ...VIEW, search: `from=${"x".repeat(1996)}` }],
    ["no name", { ...VIEW, name: " " }],
  ])("with %s is refused", async (_what, body) => {
    const answer = send("POST", "/views", manager, { body });
    expect(await refusal(answer)).toEqual([400, "invalid_input"]);
  });
});

describe("a threshold", () => {
  const HANDLED = CONTACTS.reduce((sum, { handled }) => sum + handled, 0);
  const byLotus = CONTACTS.filter(({ party }) => party === "Lotus");
  const HANDLED_BY_LOTUS = byLotus.reduce((sum, { handled }) => sum + handled, 0);

  async function alertsOf(token: string, threshold: string) {
    const body = await done(notes.alerts, await server.ask("/alerts", token));
    return {
      rows: body.rows.filter((row) => row.threshold === threshold),
      state: body.thresholds.find((row) => row.threshold === threshold),
    };
  }

  it("that is passed is an alert, with figure, n, days and threshold", async () => {
    const { id } = await threshold(manager);
    const { rows, state } = await alertsOf(manager, id);
    expect(rows).toMatchObject([
      {
        metric: "handled",
        group: null,
        figure: HANDLED,
        value: 10,
        n: HANDLED,
        from: "2026-03-10",
        to: "2026-03-12",
        currency: null,
      },
    ]);
    expect(state).toMatchObject({ state: "past", past: 1, kept: 0 });
  });

  it("of a vendor looks at its own party alone, whatever it filters", async () => {
    const { id } = await threshold(lotus, { ...THRESHOLD, grouping: "party" });
    const { rows } = await alertsOf(lotus, id);
    expect(rows).toMatchObject([{ group: "Lotus", groupId: LOTUS, figure: HANDLED_BY_LOTUS }]);
    const bank = await partyId("Bank");
    const other = await threshold(lotus, { ...THRESHOLD, filter: { party: [bank] } });
    const answer = await alertsOf(lotus, other.id);
    expect(answer.rows).toEqual([]);
    expect(answer.state?.past).toBe(0);
  });

  it("of a vendor calls nobody else, but stands in the administrator's list", async () => {
    const { id } = await threshold(lotus);
    for (const token of [manager, jade]) {
      expect(await idsSeen("thresholds", token)).not.toContain(id);
      expect(await alertsOf(token, id)).toEqual({ rows: [], state: undefined });
    }
    expect(await idsSeen("thresholds", administrator)).toContain(id);
    const { rows, state } = await alertsOf(administrator, id);
    expect([rows, state?.state]).toEqual([[], "past"]);
    expect((await alertsOf(lotusToo, id)).rows).toHaveLength(1);
  });

  it("is held against each group that has a name", async () => {
    const { id } = await threshold(manager, { ...THRESHOLD, value: 31, grouping: "queue" });
    const { rows, state } = await alertsOf(manager, id);
    const inCards = CONTACTS.filter(({ queue }) => queue === "cards");
    const handled = inCards.reduce((sum, row) => sum + row.handled, 0);
    expect(rows).toMatchObject([{ group: "cards", figure: handled, n: handled }]);
    expect(state).toMatchObject({ past: 1, kept: 1, notComputable: [] });
  });

  it("reads a share as the pages do", async () => {
    const share = ABANDONED / (HANDLED + ABANDONED);
    const wish = { ...THRESHOLD, metric: "abandonment", value: share - 0.001 };
    const { id } = await threshold(manager, wish);
    const { rows } = await alertsOf(manager, id);
    expect(rows[0]?.figure).toBeCloseTo(share, 12);
    const metrics = await server.ask("/metrics?from=2026-03-10&to=2026-03-12", manager);
    const { rows: shown } = (await metrics.json()) as { rows: Record<string, number>[] };
    expect(rows[0]?.figure).toBe(shown[0]?.abandonment);
  });

  it("whose figure cannot be computed alerts nobody and says so", async () => {
    const wish = { ...THRESHOLD, metric: "satisfactionMean", direction: "below", value: 5 };
    const { id } = await threshold(manager, { ...wish, grouping: "party" });
    const { rows, state } = await alertsOf(manager, id);
    expect(rows).toEqual([]);
    expect(state).toMatchObject({ state: "not_computable", notComputable: ["Bank", "Lotus"] });
  });

  it("that names no metric is refused", async () => {
    const body = { ...THRESHOLD, metric: "happiness" };
    const answer = send("POST", "/thresholds", manager, { body });
    expect(await refusal(answer)).toEqual([400, "unknown_metric"]);
  });

  it("is nothing for an agent", async () => {
    for (const path of ["/thresholds", "/alerts"]) {
      expect(await refusal(server.ask(path, agent))).toEqual([403, "role_not_allowed"]);
    }
  });
});
