// Puts the parts that come from npm into src/lianxue/web/static/vendor/ (not committed).
// Run by `npm run build`, after `npm ci`. Copies what can be used as it is, bundles only the charts and the reader of QR codes.
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packages = join(root, "node_modules");
const vendor = join(root, "src/lianxue/web/static/vendor");

// [file in node_modules, file in vendor/]
const copies = [
  ["@tabler/core/dist/css/tabler.min.css", "tabler.min.css"],
  ["htmx.org/dist/htmx.min.js", "htmx.min.js"],
  ["leaflet/dist/leaflet.js", "leaflet.js"],
  ["leaflet/dist/leaflet.css", "leaflet.css"],
  ["leaflet/dist/images", "images"],
];

// The static file storage follows source map comments and the maps are not shipped, so the comments go.
const mapComment = /\n?(\/\/# sourceMappingURL=\S+|\/\*# sourceMappingURL=\S+ \*\/)\s*$/;

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
for (const [from, to] of copies) {
  const source = join(packages, from);
  const target = join(vendor, to);
  if (/\.(js|css)$/.test(to)) {
    await writeFile(target, (await readFile(source, "utf8")).replace(mapComment, "\n"));
  } else {
    await cp(source, target, { recursive: true });
  }
}

// Only the chart types that the pages draw; the whole of ECharts is twice the size.
await build({
  stdin: {
    contents: `
      export { init, use } from "echarts/core";
      import { use } from "echarts/core";
      import { BarChart, LineChart, PieChart } from "echarts/charts";
      import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
      import { SVGRenderer } from "echarts/renderers";
      use([BarChart, LineChart, PieChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);
    `,
    resolveDir: root,
  },
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "echarts",
  target: ["chrome90", "firefox90", "safari15"],
  legalComments: "inline",
  outfile: join(vendor, "echarts.min.js"),
  logLevel: "warning",
});

// Reads QR codes where the browser itself cannot; fetched by scanner.js when a camera is opened. Of the package only the
// reader, which speaks like the browsers' own BarcodeDetector: no eval, no WebAssembly.
await build({
  stdin: { contents: `export { BarcodeDetector } from "qr/decode.js";`, resolveDir: root },
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "qrReader",
  target: ["chrome90", "firefox90", "safari15"],
  legalComments: "inline",
  outfile: join(vendor, "qr.min.js"),
  logLevel: "warning",
});
