package returns

import (
	"slices"

	"dudao/engine/diag"
)

// gather makes units of what stands in the rows of all tables. A code is one unit,
// whatever its name; a name without a code is the unit of that name, if there is
// only one. Where it isn't clear whose a row is, no unit that it may belong to can be
// scored.
func (s *Set) gather(tables [][]*claim) {
	byCode, byName := map[string]*setUnit{}, map[string][]*setUnit{}
	unit := func(c *claim, table int) *setUnit {
		return &setUnit{Unit: Unit{c.name, c.code}, at: c.at, rows: make([][]stretch, len(tables))}
	}
	var of []*setUnit // of the claims that have a code, in their order
	named := func(u *setUnit, name string) {
		if word := unitWord(name); word != "" && !slices.Contains(byName[word], u) {
			byName[word] = append(byName[word], u)
		}
	}
	for table, claims := range tables {
		for _, c := range claims {
			if c.code == "" {
				of = append(of, nil)
				continue
			}
			word := unitWord(c.code)
			u := byCode[word]
			switch {
			case u == nil:
				u = unit(c, table)
				byCode[word] = u
			case u.Name == "":
				u.Name, u.at.name = c.name, c.at.name
			case c.name != "" && unitWord(c.name) != unitWord(u.Name):
				u.found.Add(c.at.name.Pos(), 0, diag.M("the code %s is that of “%s” here and of “%s” at %s", c.code, c.name, u.Name, u.at.name.Pos().String()),
					diag.M("mend the code or the name: it is not clear whose the rows are"))
			}
			named(u, c.name)
			of = append(of, u)
		}
	}
	i := 0
	for table, claims := range tables {
		for _, c := range claims {
			u := of[i]
			i++
			if u == nil {
				word := unitWord(c.name)
				switch known := byName[word]; len(known) {
				case 0:
					u = unit(c, table)
					named(u, c.name)
				case 1:
					u = known[0]
				default:
					for _, u := range known {
						u.found.Add(c.at.name.Pos(), 0, diag.M("“%s” may be %s or %s: there are two of that name", c.name, known[0].Code, known[1].Code),
							diag.M("fill in the code in each row"))
						s.keep(u)
					}
					continue
				}
			}
			if u.at.code.IsZero() && c.code != "" {
				u.at.code = c.at.code
			}
			u.rows[table] = append(u.rows[table], c.rows...)
			s.keep(u)
		}
	}
	for _, u := range s.units {
		for _, rows := range u.rows {
			slices.SortFunc(rows, func(a, b stretch) int { return int(a.line - b.line) })
		}
		u.found = u.found.Sorted()
	}
}

// keep puts a unit into the set, once.
func (s *Set) keep(u *setUnit) {
	if !u.kept {
		u.kept = true
		s.units = append(s.units, u)
	}
}
