// Checking in at the door, also without a network: what was read is kept on this device and sent
// as soon as there is one. The list of names came with the page.
(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const store = `desk:${desk.dataset.desk}`;
  const people = JSON.parse(document.getElementById("everybody").textContent);
  const said = document.getElementById("desk-said");
  const read = () => JSON.parse(localStorage.getItem(store) || "[]");
  const write = (kept) => localStorage.setItem(store, JSON.stringify(kept));

  const tell = (text) => {
    const waiting = read().length;
    said.textContent = [text, waiting ? `${desk.dataset.waiting} ${waiting}` : ""]
      .filter(Boolean)
      .join(" · ");
  };

  let isSending = false;
  const send = async () => {
    const kept = read();
    if (isSending || !kept.length) return;
    if (!navigator.onLine) return tell(desk.dataset.offline);
    isSending = true;
    const body = new FormData();
    body.set("kept", JSON.stringify(kept));
    body.set("csrfmiddlewaretoken", desk.querySelector("[name=csrfmiddlewaretoken]").value);
    try {
      const answer = await fetch(desk.dataset.arrivals, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.status);
      const { done, refused } = await answer.json();
      const sent = kept.map((one) => one.id);
      write(read().filter((one) => !sent.includes(one.id)));
      const reasons = Object.values(refused);
      tell(reasons.length ? reasons.join(" ") : `${desk.dataset.sent} ${done.length}`);
    } catch {
      tell(desk.dataset.offline);
    } finally {
      isSending = false;
    }
  };

  const arrive = (id, name) => {
    if (!read().some((one) => one.id === id)) {
      write([...read(), { id, at: new Date().toISOString() }]);
    }
    const known = people.find((one) => one.id === id);
    if (known) known.here = true;
    tell(name || desk.dataset.read);
    send();
  };

  desk.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-arrive]");
    if (!form) return;
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    button.textContent = desk.dataset.here;
    arrive(form.dataset.arrive, form.dataset.name);
  });

  // Without a network the search of the server is not there: the page's own list is.
  const search = desk.querySelector("form[role=search]");
  search.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    const wanted = search.elements.q.value.trim().toLowerCase();
    const list = desk.querySelector("[data-list]");
    const model = desk.querySelector("template");
    const found = people.filter((one) => one.name.toLowerCase().includes(wanted)).slice(0, 40);
    list.replaceChildren(
      ...found.map((one) => {
        const row = model.content.cloneNode(true);
        row.querySelector("[data-name-of]").textContent = one.name;
        const form = row.querySelector("[data-arrive]");
        form.dataset.arrive = one.id;
        form.dataset.name = one.name;
        form.querySelector("button").disabled = one.here;
        return row;
      }),
    );
  });

  const camera = document.getElementById("read-badges");
  if (camera && "BarcodeDetector" in window && navigator.mediaDevices) {
    camera.hidden = false;
    camera.addEventListener("click", async () => {
      const video = document.getElementById("badge-view");
      const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
      video.srcObject = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" },
      });
      video.hidden = false;
      await video.play();
      let last = "";
      setInterval(async () => {
        for (const code of await detector.detect(video)) {
          const token = code.rawValue.match(/fair-badges\/([^/]+)\//);
          if (!token || token[1] === last) continue;
          last = token[1];
          arrive(last, "");
        }
      }, 400);
    });
  }

  window.addEventListener("online", send);
  setInterval(send, 15000);
  send();
})();
