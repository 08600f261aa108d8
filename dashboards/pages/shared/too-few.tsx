import { useWording } from "../../frame/context.ts";

/** A cell below the suppression threshold: hatched, and it says so; `short` where many stand in a row. */
export function TooFew({ short = false }: { short?: boolean }) {
  const { t } = useWording();
  return (
    <span className="too-few" title={t("state.tooFew")}>
      {t(short ? "state.tooFewShort" : "state.tooFew")}
    </span>
  );
}
