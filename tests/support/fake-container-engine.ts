import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `run` of a container engine: the command runs in the folder that is mounted as its working directory, and finds its arguments there. */
const ENGINE = `#!/bin/sh
name=$(basename "$0")
all="$name $*"
if [ "$1" = inspect ]; then echo '[{}]'; exit 0; fi
while [ "$1" != run ]; do shift; done
shift
for argument; do
  case "$argument" in --workdir=*) workdir=\${argument#--workdir=};; esac
done
for argument; do
  case "$argument" in
    --mount=type=bind,source=*,target="$workdir") folder=\${argument#--mount=type=bind,source=}; folder=\${folder%%,*};;
    --volume=*:"$workdir":*) folder=\${argument#--volume=}; folder=\${folder%%:*};;
  esac
done
while case "$1" in -*) true;; *) false;; esac; do shift; done
image=$1
shift
cd "$folder" || exit 125
printf '%s\\n' "$all" > engine.txt
CONTAINER_IMAGE=$image exec "$@"
`;

/** Writes an engine of that name into a folder for the PATH. It isolates nothing. */
export function writeFakeContainerEngine(folder: string, name: string): void {
  const path = join(folder, name);
  writeFileSync(path, ENGINE);
  chmodSync(path, 0o755);
}
