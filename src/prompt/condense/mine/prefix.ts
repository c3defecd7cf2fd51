/**
 * What stands before each line that a program wrote where something else keeps its log, as a part of regular expressions:
 * job and step (`gh run view --log`), the service (docker compose, `kubectl logs --prefix`), the moment (GitHub Actions),
 * and the stream with it (Kubernetes, GitLab).
 */
export const PREFIX = [
  String.raw`(?:[^\t]{1,99}\t[^\t]{1,99}\t)?`,
  String.raw`(?:[\w.-]+ +\| )?(?:\[pod\/\S+\] )?`,
  String.raw`(?:\S*\d(?:Z|[+-]\d\d:\d\d) (?:(?:stdout|stderr) [FP] |\d\d[OE]\+? ?)?)?`,
].join('');
