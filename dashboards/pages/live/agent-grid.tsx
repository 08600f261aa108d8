/** The agents as a compact grid, pool by pool; the state is told by a sign and a colour. */

import type { LiveSnapshot } from "../../api/types.ts";
import { useSite } from "../../frame/context.ts";
import { useSheet } from "../../frame/sheet-context.ts";

type Agent = LiveSnapshot["agents"][number];
type State = Agent["state"];

const STATES = ["free", "offered", "working", "aux"] as const satisfies readonly State[];
const SIGNS: Readonly<Record<State, string>> = { free: "○", offered: "◐", working: "●", aux: "–" };

export function AgentGrid({ snapshot }: { snapshot: LiveSnapshot }) {
  const { t, formats } = useSite();
  useSheet(() => ({
    header: [
      t("live.column.agent"),
      t("live.column.pool"),
      t("column.kind"),
      t("column.state"),
      t("live.column.load"),
      t("live.column.capacity"),
    ],
    rows: snapshot.agents.map((agent) => [
      agent.name,
      t(`pool.${agent.pool}`),
      t(`agent.${agent.kind}`),
      t(`live.state.${agent.state}`),
      agent.inWork,
      agent.capacity,
    ]),
  }));
  return (
    <div className="agents">
      <ul className="legend">
        {STATES.map((state) => (
          <li key={state} className={`agent-${state}`}>
            <b aria-hidden="true">{SIGNS[state]}</b>
            {t(`live.state.${state}`)}
          </li>
        ))}
      </ul>
      {snapshot.pools
        .filter((pool) => pool.signedOn > 0)
        .map((pool) => (
          <section key={pool.pool}>
            <h3>
              {t(`pool.${pool.pool}`)}{" "}
              <span className="muted">
                {t("live.poolFree", {
                  free: formats.number(pool.free),
                  signedOn: formats.number(pool.signedOn),
                })}
              </span>
            </h3>
            <ul className="tiles">
              {snapshot.agents
                .filter((agent) => agent.pool === pool.pool)
                .map((agent) => (
                  <Tile key={agent.id} agent={agent} />
                ))}
            </ul>
          </section>
        ))}
    </div>
  );
}

function Tile({ agent }: { agent: Agent }) {
  const { t } = useSite();
  const load = `${agent.inWork}/${agent.capacity}`;
  return (
    <li
      className={`tile agent-${agent.state}`}
      title={`${agent.name}: ${t(`live.state.${agent.state}`)}, ${load}`}
    >
      <b aria-hidden="true">{SIGNS[agent.state]}</b>
      <span>{agent.name}</span>
      {agent.capacity > 1 && <small>{load}</small>}
    </li>
  );
}
