/** What runs the tools that have a DockerRequirement; with `none`, hints are ignored and requirements cannot be met. */
export type ContainerEngine = 'docker' | 'podman' | 'singularity' | 'udocker' | 'none';

const FLAGS: Readonly<Record<ContainerEngine, readonly string[]>> = {
  docker: [],
  podman: ['--podman'],
  singularity: ['--singularity'],
  udocker: ['--udocker'],
  none: ['--no-container'],
};

/** The flags of cwltool that choose an engine. */
export function engineFlags(engine: ContainerEngine): readonly string[] {
  return FLAGS[engine];
}

/** What cwltool says where there is no engine, where it cannot be used, and where it has no such image. */
const NO_CONTAINER =
  /(?:Docker|Singularity) is required to run this tool|is not available for this tool, try|--no-container, but this|'(?:docker|podman|singularity|udocker)' not found/;

/** The reason of a failed run; where that is the container of a tool, it says by which setting that can be mended. */
export function explainContainerFailure(message: string, engine: ContainerEngine): string {
  if (!NO_CONTAINER.test(message)) {
    return message;
  }
  const state =
    engine === 'none'
      ? 'this worker runs no containers'
      : `this worker could not run it by ${engine}, which must be installed and usable here`;
  return `The tool needs a container, and ${state} (setting container-engine: ${engine}): ${message}`;
}
