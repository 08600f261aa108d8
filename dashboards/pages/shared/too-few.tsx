import { useWording } from "../../frame/context.ts";

/** A cell below the suppression threshold: hatched, and it says so. */
export function TooFew() {
  const { t } = useWording();
  return <span className="too-few">{t("state.tooFew")}</span>;
}
