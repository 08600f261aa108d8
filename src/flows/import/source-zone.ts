/** Which zone a source is in: a source does not change its zone, and no zone is guessed. */

import { inputError } from "../../domain/shared/errors.ts";

export function zoneOfSource(
  wished: string | undefined,
  known: { readonly name: string; readonly zone: string } | null,
  format: { readonly zone: string | null },
): string {
  const zone = wished ?? known?.zone ?? format.zone;
  if (zone === null) {
    throw inputError({
      code: "missing_zone",
      path: "zone",
      expected: "--zone with the IANA zone of the times in the file, such as Asia/Shanghai",
    });
  }
  if (known !== null && known.zone !== zone) {
    throw inputError({
      code: "zone_of_source",
      path: "zone",
      value: zone,
      expected: `${known.zone}, the zone of the source ${known.name} since its first import`,
    });
  }
  return zone;
}
