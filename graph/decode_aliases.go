package graph

import "github.com/goccy/go-yaml/ast"

// findAnchors enters every anchor below n. The depth of the tree is bounded by
// guard.
func (d *decoder) findAnchors(n ast.Node) {
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			d.findAnchors(v.Key)
			d.findAnchors(v.Value)
		}
	case *ast.SequenceNode:
		for _, v := range n.Values {
			d.findAnchors(v)
		}
	case *ast.AnchorNode:
		name := n.Name.GetToken().Value
		if d.anchors[name] != nil {
			d.complain(positionOf(n), scope{}, "the anchor "+quote(name)+" is defined twice", "a name of its own for each anchor", "")
		}
		d.anchors[name] = n.Value
		d.findAnchors(n.Value)
	}
}

// resolve is target, and says why where there is none.
func (d *decoder) resolve(n ast.Node, s scope) ast.Node {
	found := d.target(n)
	if alias, ok := n.(*ast.AliasNode); ok && found == nil {
		name := alias.Value.GetToken().Value
		d.complain(positionOf(n), s, "the alias "+quote(name)+" has no anchor", "&"+name+" before a value elsewhere", "")
	}
	return found
}

// target follows anchors and aliases to the value that they stand for, and
// returns nil where they lead to none.
func (d *decoder) target(n ast.Node) ast.Node {
	for range maxDepth {
		switch t := n.(type) {
		case *ast.AnchorNode:
			n = t.Value
		case *ast.AliasNode:
			n = d.anchors[t.Value.GetToken().Value]
		default:
			return n
		}
	}
	return nil
}
