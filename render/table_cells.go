package render

import (
	"strings"

	"github.com/channelmap/channelmap/analysis"
	"github.com/channelmap/channelmap/analysis/bounds"
	"github.com/channelmap/channelmap/analysis/figure"
)

func figureCell(f figure.Figure) cell {
	best, limits, wide := strings.Cut(analysis.Range(f), " (")
	if wide {
		return cell{best, "(" + limits}
	}
	return cell{text: best}
}

// estimateCell writes the best estimate alone, marked where it has limits: in
// tables of many rows they would hide the figures.
func estimateCell(f figure.Figure) cell {
	c := figureCell(f)
	if c.detail != "" && f.Best != figure.Small { // "<5" is a limit already
		return cell{text: "~" + c.text}
	}
	return cell{text: c.text}
}

// coverageEstimateCell writes the best estimate of a coverage alone.
func coverageEstimateCell(f *figure.Figure) cell {
	c := coverageCell(f)
	if c.detail != "" {
		return cell{text: "~" + c.text}
	}
	return c
}

// optionalEstimateCell writes the best estimate of a figure alone, and a dash
// where there is none.
func optionalEstimateCell(f *figure.Figure) cell {
	if f == nil {
		return cell{text: "-"}
	}
	return estimateCell(*f)
}

func numberCell(n float64) cell { return cell{text: analysis.Number(n)} }

func countCell(n int) cell { return cell{text: countDigits(n)} }

func nameCell(s string) cell { return cell{text: s} }

// sellerCell names a seller.
func sellerCell(s analysis.SellerRef) cell { return cell{text: sellerName(s)} }

// moneyCell writes a sum, and a dash where no row said anything.
func moneyCell(s analysis.Sum) cell {
	if s.IsZero() {
		return cell{text: "-"}
	}
	if s.IsWithheld() {
		return cell{text: "withheld"}
	}
	return cell{text: moneyDigits(s)}
}

// shareCell writes a share, and a dash where there is none.
func shareCell(share *float64) cell {
	if share == nil {
		return cell{text: "-"}
	}
	return cell{text: analysis.Percent(*share)}
}

// coverageCell writes a share with its limits.
func coverageCell(f *figure.Figure) cell {
	if f == nil {
		return cell{text: "-"}
	}
	c := cell{text: analysis.Percent(f.Best)}
	low, high := analysis.Percent(f.Low), analysis.Percent(f.High)
	if low != c.text || high != c.text {
		c.detail = "(" + low + " to " + high + ")"
	}
	return c
}

// optionalCell writes a figure, and a dash where there is none.
func optionalCell(f *figure.Figure) cell {
	if f == nil {
		return cell{text: "-"}
	}
	return figureCell(*f)
}

// declaredCell writes a declared number, and a dash where there is none.
func declaredCell(n *float64) cell {
	if n == nil {
		return cell{text: "-"}
	}
	return numberCell(*n)
}

// withBasis adds what a row rests on to its name, where that is not a list.
func withBasis(c cell, basis string) cell {
	if basis != "" && basis != bounds.BasisList {
		c.detail = "(" + basis + ")"
	}
	return c
}
