// Writes src/lianxue/web/static/web/icons.svg, the committed sprite of the icons that pages may name.
// To add one: put its Tabler name in the list, then `npm install --no-save @tabler/icons && node tools/icons.mjs`.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const names = `
  adjustments-horizontal alert-circle alert-triangle archive arrow-back-up arrow-down arrow-left arrow-right arrow-up
  arrows-sort ban bell book books building building-community building-warehouse bulb calendar calendar-due camera
  certificate chart-bar check chevron-down chevron-left chevron-right chevron-up circle circle-check circle-dashed
  circle-dot circle-x clipboard-check clipboard-list clock clock-exclamation copy device-mobile device-desktop disc
  download edit external-link eye eye-off file-spreadsheet file-text file-type-docx file-type-pdf filter flag
  heart-handshake help-circle history home inbox info-circle key language layout-list link list-check lock login logout
  mail map map-pin menu-2 message-circle minus package package-export package-import paperclip pencil phone photo plus
  point-filled printer qrcode refresh rosette-discount-check school search send settings shield-check shopping-bag
  shield-lock square-check stack-2 star switch-horizontal text-size tool trash truck-delivery upload user user-check
  user-circle users x
`.trim().split(/\s+/);

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const icons = join(root, "node_modules/@tabler/icons/icons");

const symbols = await Promise.all(
  names.map(async (name) => {
    const kind = name.endsWith("-filled") ? "filled" : "outline";
    const svg = await readFile(join(icons, kind, `${name.replace(/-filled$/, "")}.svg`), "utf8");
    const inside = svg
      .replace(/<!--[\s\S]*?-->/g, "")
      .replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace("</svg>", "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none" \/>/, "")
      .replace(/\s+/g, " ")
      .trim();
    const paint = kind === "filled" ? 'fill="currentColor"' : 'fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round"';
    return `<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${inside}</symbol>`;
  }),
);

const sprite = `<svg xmlns="http://www.w3.org/2000/svg">
<!-- From Tabler Icons, MIT licence, (c) Paweł Kuna. Made by tools/icons.mjs. -->
${symbols.join("\n")}
</svg>
`;
await writeFile(join(root, "src/lianxue/web/static/web/icons.svg"), sprite);
