"""One module that has everything a text may have, for looking at it on paper."""

from __future__ import annotations

from small import PNG, Small, module, small_files, write

TEXT = """\
En tekst med *vekt*, **tyngde**, `kode`, H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>, <mark>merket</mark>, <small>lite</small>
og ~~strøket~~. KI er nyttig. Nordsamisk: čállit, đ, ŋáŋ, šaddat, ŧuohta, žiivat; norsk: blåbærsyltetøy på Ærøya.[^1]
Se [trender](../trender/module.md#laeringsmal), [sensorene](modul:redaksjonen/sensorer), [øvelsen](#ovelse),
[rapporten](https://etaten.example/rapport?aar=2025&del=2) og [rapporten igjen](https://etaten.example/rapport?aar=2025&del=2).[^1]

![En tegning av en trend](trend.svg "Trenden går oppover.")

![En prikk](prikk.png)

| Trinn | På engelsk | Verdi |
|:------|:----------:|------:|
| Avstå | refuse | 1 |
| Gjenbruke | reuse | 2 |

| a | b | c | d | e | f | g | h | i | j | k | l |
|---|---|---|---|---|---|---|---|---|---|---|---|
| Kommunestyret | Virksomhetsplanen | Handlingsplan | Regnskapsåret | Innkjøpsavtale | Leverandøren | Kontrakten | Måltallet | Budsjettet | Revisjonen | Rapporten | Oppfølging |

- Første
    - Inni
        1. Dypere
        2. Enda ett
- Andre

3. Tre
4. Fire

- [ ] Ikke gjort
- [x] Gjort

Begrep
:   Det som forklares.

:   Og en gang til.

> Et sitat over
> to linjer.

!!! note "Husk dette"
    En boks med **tekst**.

??? tip
    En boks som folder seg.

=== "Linux"
    Kjør `ls`.

=== "Windows"
    Kjør `dir`.

```python
def areal(r):
    # en kommentar
    return 3.14 * r ** 2  # en lang linje som ikke får plass på bredden av siden og derfor må gå videre nedenfor
```

!!! quiz "Hva er ombruk?"
    - [ ] At tingen blir til råstoff igjen.
      > Nei, det er gjenvinning.
    - [x] At tingen brukes om igjen som den er.
      > Ja. Den skifter bare bruker.

!!! reflection "Hva kaster dere mest av?"
    Mange svarer emballasje.

!!! checklist "Før du bestiller"
    - [ ] Vi har sett etter på lageret.

---

### En underoverskrift

Slutten.

*[KI]: kunstig intelligens

[^1]: En note med en [lenke](https://noten.example/).
"""

TREND = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80" width="200" height="80">
<rect width="200" height="80" fill="#f1f4f1"/><path d="M10 70 L70 50 L130 40 L190 10" fill="none" stroke="#0b5d4e" stroke-width="4"/>
<text x="12" y="20" font-family="sans-serif" font-size="12">Trend</text></svg>"""


def everything(png: bytes) -> dict[str, object]:
    """The module's files, to be laid over the small catalogue."""
    folder = "modules/redaksjonen/alt"
    return {
        f"{folder}/module.nb.md": module("Alt på én gang", text=TEXT, hours="3"),
        f"{folder}/trend.svg": TREND,
        f"{folder}/prikk.png": png,
    }


def write_everything(small: Small) -> None:
    """The small catalogue with that module, in a course as well."""
    write(small.root, small_files() | everything(PNG))
    course = "content/providers/redaksjonen/courses/maling.yml"
    small.change(course, "- redaksjonen/sensorer", "- redaksjonen/alt\n- redaksjonen/sensorer")
