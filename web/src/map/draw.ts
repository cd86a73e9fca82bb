/** Draws points by WebGL 2. Written by hand: the libraries for it compile code from text, which the page's policy refuses. */
export interface PointCloud {
  /** How many points there are. They lie in an order that mixes them: the first ones are a sample of all. */
  readonly rows: number;
  /** Clears the picture and draws the first points, */
  begin(view: MapView, count: number): void;
  /** and more of them, onto what is there. */
  add(from: number, count: number): void;
  dispose(): void;
}

/** What part of the map is seen: its middle (0 to 1, upwards) and how much it is enlarged. */
export interface MapView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export interface PointData {
  /** x of every track, then y of every track: 0 to 65535. */
  readonly points: Uint16Array;
  /** First row of each segment, and the end. */
  readonly segmentRows: readonly number[];
  /** `#rrggbb` of each segment. */
  readonly colours: readonly string[];
}

const MOST_COLOURS = 64;

const VERTEX = `#version 300 es
in float x;
in float y;
in uint segment;
uniform vec2 middle;
uniform vec2 scale;
uniform float size;
uniform vec3 colours[${MOST_COLOURS}];
out vec3 colour;
void main() {
  colour = colours[segment % ${MOST_COLOURS}u];
  gl_Position = vec4((vec2(x, y) - middle) * scale, 0.0, 1.0);
  gl_PointSize = size;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec3 colour;
uniform float opacity;
out vec4 drawn;
void main() {
  vec2 from = gl_PointCoord - 0.5;
  if (dot(from, from) > 0.25) discard;
  drawn = vec4(colour, opacity);
}`;

/** @returns undefined where the browser has no WebGL 2 */
export function pointCloud(canvas: HTMLCanvasElement, data: PointData): PointCloud | undefined {
  const gl = canvas.getContext('webgl2', {
    antialias: false,
    alpha: true,
    premultipliedAlpha: false,
    preserveDrawingBuffer: true, // points are added over several frames
  });
  if (gl === null) return undefined;
  const program = linked(gl);
  gl.useProgram(program);
  const rows = data.points.length / 2;
  const buffers = [data.points, segmentsOf(data, rows)].map((bytes) => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, bytes, gl.STATIC_DRAW);
    return buffer;
  });
  const [places, segments] = buffers;
  const attribute = (name: string): number => {
    const at = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(at);
    return at;
  };
  gl.bindBuffer(gl.ARRAY_BUFFER, places ?? null);
  gl.vertexAttribPointer(attribute('x'), 1, gl.UNSIGNED_SHORT, true, 0, 0);
  gl.vertexAttribPointer(attribute('y'), 1, gl.UNSIGNED_SHORT, true, 0, 2 * rows);
  gl.bindBuffer(gl.ARRAY_BUFFER, segments ?? null);
  gl.vertexAttribIPointer(attribute('segment'), 1, gl.UNSIGNED_BYTE, 0, 0);
  const order = gl.createBuffer();
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, order);
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, shuffled(rows), gl.STATIC_DRAW);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  const uniform = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  const [middle, scale, size, opacity] = ['middle', 'scale', 'size', 'opacity'].map(uniform);
  gl.uniform3fv(uniform('colours'), data.colours.slice(0, MOST_COLOURS).flatMap(partsOf));
  return {
    rows,
    begin({ x, y, zoom }, count) {
      const { width, height } = canvas;
      gl.viewport(0, 0, width, height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      const shorter = Math.min(width, height);
      gl.uniform2f(middle ?? null, x, y);
      gl.uniform2f(scale ?? null, (2 * zoom * shorter) / width, (2 * zoom * shorter) / height);
      const dense = Math.min(1, 60_000 / rows);
      const diameter = Math.max(1.5, Math.min(9, (2 + 2 * dense) * Math.sqrt(zoom)));
      gl.uniform1f(size ?? null, diameter * (devicePixelRatio || 1));
      gl.uniform1f(opacity ?? null, 0.3 + 0.5 * dense);
      gl.drawElements(gl.POINTS, Math.min(count, rows), gl.UNSIGNED_INT, 0);
    },
    add(from, count) {
      gl.drawElements(gl.POINTS, Math.min(count, rows - from), gl.UNSIGNED_INT, 4 * from);
    },
    dispose() {
      for (const buffer of [...buffers, order]) gl.deleteBuffer(buffer);
      gl.deleteProgram(program);
    },
  };
}

function segmentsOf({ segmentRows }: PointData, rows: number): Uint8Array {
  const segments = new Uint8Array(rows);
  segmentRows
    .slice(0, -1)
    .forEach((from, segment) => segments.fill(segment % MOST_COLOURS, from, segmentRows[segment + 1]));
  return segments;
}

/** All rows in an order that mixes them, always the same: no segment lies above another, and the first ones are a sample. */
function shuffled(rows: number): Uint32Array {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  let state = 1;
  for (let i = rows - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // Numerical Recipes' generator
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

function partsOf(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) throw new Error('no shader');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(gl.getProgramInfoLog(program) ?? 'the shaders do not link');
  return program;
}
