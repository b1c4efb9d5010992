// Charts (ECharts) and maps (Leaflet). Both load only on pages that have one; the numbers stand on the page anyway.
(() => {
  const { words, each } = window.lianxue;
  const loading = {};
  const load = (address) =>
    (loading[address] ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    }));

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);

  // Colours that differ in lightness as well, so that they can be told apart in grey; the sixth is seldom needed.
  const palette = () => ["--jade", "--amber", "--azure", "--seal", "--ash", "--ink"].map(token);

  const paper = 640; // px: the width between the margins of an A4 sheet

  const option = (data, width) => {
    const size = Math.min(Math.round(rem() * 0.82), 22);
    const text = { color: token("--ink-soft"), fontSize: size, fontFamily: token("--figures") };
    const line = { lineStyle: { color: token("--line") } };
    const many = data.series.length > 1;
    const shared = {
      color: palette(),
      textStyle: text,
      animation: false,
      tooltip: {
        trigger: data.kind === "donut" ? "item" : "axis",
        renderMode: "richText",
        confine: true,
        axisPointer: { type: "shadow" },
        backgroundColor: token("--ink"),
        borderWidth: 0,
        padding: [10, 14],
        textStyle: { color: "#fff", fontSize: size },
        valueFormatter: (value) => `${numbers.format(value)} ${data.unit}`.trim(),
      },
      legend: many || data.kind === "donut"
        ? { top: 0, left: 0, itemGap: 20, icon: "roundRect", itemWidth: 14, itemHeight: 14, textStyle: { ...text, color: token("--ink") } }
        : { show: false },
    };
    if (data.kind === "donut") {
      return {
        ...shared,
        series: [{
          type: "pie",
          radius: ["46%", "72%"],
          center: ["50%", "57%"],
          label: { ...text, formatter: ({ name, percent }) => `${name}\n${Math.round(percent)}%`, show: width > 420 },
          itemStyle: { borderColor: token("--sheet"), borderWidth: 2 },
          data: data.labels.map((name, place) => ({ name, value: data.series[0].values[place] })),
        }],
      };
    }
    const lying = data.kind === "rows";
    const names = {
      type: "category",
      data: data.labels,
      inverse: lying,
      axisTick: { show: false },
      axisLine: line,
      axisLabel: { ...text, interval: lying ? 0 : "auto", hideOverlap: true, width: lying ? width * 0.4 : undefined, overflow: lying ? "truncate" : "none" },
    };
    const values = { type: "value", minInterval: 1, splitLine: line, axisLabel: { ...text, formatter: (v) => numbers.format(v), hideOverlap: true }, splitNumber: 4 };
    const crowded = data.labels.length > width / (size * 3.4);
    return {
      ...shared,
      grid: { left: 4, right: lying ? size * 3 : 8, top: many ? size * 2.8 : size, bottom: 4, containLabel: true },
      xAxis: lying ? { ...values, splitNumber: 3 } : names,
      yAxis: lying ? names : values,
      series: data.series.map((one) => ({
        name: one.name,
        data: one.values,
        type: data.kind === "line" ? "line" : "bar",
        stack: data.kind === "stacked" ? "all" : undefined,
        barMaxWidth: 34,
        barCategoryGap: "38%",
        symbolSize: 8,
        lineStyle: { width: 3 },
        itemStyle: data.kind === "stacked" || data.kind === "line" ? {} : { borderRadius: lying ? [0, 4, 4, 0] : [4, 4, 0, 0] },
        label: { show: !many && data.kind !== "line" && (lying || !crowded), position: lying ? "right" : "top", ...text, color: token("--ink"), formatter: ({ value }) => numbers.format(value) },
      })),
    };
  };

  const drawChart = async (box) => {
    await load(words.vendorCharts);
    const data = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    if (data.kind === "rows") box.style.height = `${Math.max(8, data.labels.length * Math.min(rem(), 24) * 2.1 / rem() + 3)}rem`;
    box.append(document.createElement("div"));
    box.firstChild.style.height = "100%";
    const chart = window.echarts.init(box.firstChild, null, { renderer: "svg" });
    chart.setOption(option(data, box.clientWidth));
    const fit = (width) => {
      chart.resize({ width });
      chart.setOption(option(data, width === "auto" ? box.clientWidth : width), true);
      chart.getZr().flush(); // paper does not wait for the next frame
    };
    new ResizeObserver(() => fit("auto")).observe(box);
    window.addEventListener("beforeprint", () => fit(paper));
    window.addEventListener("afterprint", () => fit("auto"));
  };

  const tones = (tone) => ({ edge: token(`--${tone}`), fill: token(`--${tone}-line`) });

  const drawMap = async (box) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = words.vendorMapStyle;
    document.head.append(style);
    const [, answer] = await Promise.all([load(words.vendorMap), fetch(box.dataset.source), new Promise((resolve) => { style.onload = resolve; })]);
    if (!answer.ok) throw new Error(String(answer.status));
    const shapes = await answer.json();
    const { areas } = JSON.parse(document.getElementById(box.dataset.map).textContent);
    const known = new Map(areas.map((area) => [area.code, area]));
    const chosen = box.parentElement.querySelector(".map-chosen");
    box.hidden = false;
    const L = window.L;
    const map = L.map(box, { attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, minZoom: 5, maxZoom: 14 });

    const choose = (area) => {
      const name = document.createElement(area.url ? "a" : "b");
      if (area.url) name.href = area.url;
      name.textContent = area.name;
      chosen.replaceChildren(name, ` · ${area.label}${area.value ? ` · ${area.value}` : ""}`);
      chosen.hidden = false;
    };

    const named = shapes.features.length <= 40;
    const layer = L.geoJSON(shapes, {
      style: (feature) => {
        const area = known.get(feature.properties.code);
        const { edge, fill } = tones(area?.tone ?? "neutral");
        return { color: edge, weight: 1.5, fillColor: fill, fillOpacity: area ? 0.85 : 0.3 };
      },
      pointToLayer: (feature, place) => {
        const { edge, fill } = tones(known.get(feature.properties.code)?.tone ?? "neutral");
        return L.circleMarker(place, { radius: 7, color: edge, weight: 2, fillColor: fill, fillOpacity: 1 });
      },
      onEachFeature: (feature, shape) => {
        const area = known.get(feature.properties.code);
        const name = area?.name ?? feature.properties.name;
        if (name && named) {
          const label = document.createElement("span");
          label.textContent = feature.properties.short ?? name;
          const point = feature.geometry.type === "Point";
          const [lng, lat] = feature.properties.label_point ?? [];
          if (lng && !point) shape.getCenter = () => L.latLng(lat, lng);
          shape.bindTooltip(label, { permanent: true, direction: point ? "right" : "center", className: "map-label", opacity: 1 });
        }
        if (!area) return;
        shape.on("mouseover click", () => choose(area));
        shape.on("mouseover", () => shape.setStyle({ weight: 3 }));
        shape.on("mouseout", () => shape.setStyle({ weight: 1.5 }));
      },
    }).addTo(map);
    // Where names would cover each other, the one of the larger area stays; zooming in brings the others.
    const labels = layer.getLayers().filter((shape) => shape.getTooltip()).sort((one, other) => {
      const size = (shape) => { const b = shape.getBounds?.(); return b ? (b.getEast() - b.getWest()) * (b.getNorth() - b.getSouth()) : 0; };
      return size(other) - size(one);
    });
    const settle = () => {
      const shown = [];
      for (const shape of labels) {
        const element = shape.getTooltip().getElement();
        if (!element) continue;
        const at = element.getBoundingClientRect();
        const covered = shown.some((o) => at.left < o.right + 2 && at.right + 2 > o.left && at.top < o.bottom && at.bottom > o.top);
        element.style.visibility = covered ? "hidden" : "visible";
        if (!covered) shown.push(at);
      }
    };
    map.on("zoomend moveend resize", () => requestAnimationFrame(settle));
    const fit = () => map.fitBounds(layer.getBounds(), { padding: [8, 8], animate: false });
    fit();
    const resize = (width) => {
      box.style.width = width;
      map.invalidateSize({ pan: false });
      fit();
    };
    new ResizeObserver(() => resize(box.style.width)).observe(box);
    window.addEventListener("beforeprint", () => resize(`${paper}px`));
    window.addEventListener("afterprint", () => resize(""));
  };

  // A figure that cannot be drawn is no loss: its numbers are opened instead.
  const drawn = (draw) => (box) =>
    draw(box).catch(() => {
      box.hidden = true;
      const table = box.parentElement.querySelector(".figure-numbers");
      if (table) table.open = true;
    });

  each("[data-chart]", drawn(drawChart));
  each("[data-map]", drawn(drawMap));
})();
